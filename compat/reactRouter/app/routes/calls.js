import { linq } from '../linq.server'

/** What reached Linq. */
export const loader = () => Response.json(linq.calls.map(({ action }) => action))
