import { connection } from 'next/server'
import { linq } from '../../linq'

/** What reached Linq. */
export async function GET() {
  await connection()
  return Response.json(linq.calls.map(({ action }) => action))
}
