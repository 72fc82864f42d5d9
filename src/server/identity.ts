/** Who is calling: a person, in all their tabs. */
export interface TypingIdentity {
  /** Identifies the person: 1 to 128 characters. */
  actor: string
  /** The name that others see: at most 80 characters. */
  name?: string | null | undefined
  /** Separates customers who must not see each other: 1 to 128 characters. @default one for all */
  tenant?: string | null | undefined
}

/** Whether a request may act in a chat: yes; no; nobody is signed in; or yes, and this is who it is. */
export type TypingVerdict = boolean | 'unauthorized' | TypingIdentity

/** A checked verdict. */
export interface KnownCaller {
  readonly actor: string | undefined
  readonly name: string | undefined
  readonly tenant: string
}

/**
 * Reads what `authorize` returned. A truthy value that isn't a verdict is not a yes.
 *
 * @throws TypeError if it isn't a verdict.
 */
export function readVerdict(verdict: unknown): KnownCaller | 'not-found' | 'unauthorized' {
  if (verdict === true) return { actor: undefined, name: undefined, tenant: '' }
  if (verdict === false) return 'not-found'
  if (verdict === 'unauthorized') return verdict
  if (typeof verdict !== 'object' || verdict === null)
    throw new TypeError(
      `authorize returned ${describe(verdict)}. It has to return true, false, 'unauthorized', or { actor, name?, tenant? }.`,
    )
  return readIdentity(verdict, 'authorize returned')
}

/**
 * Checks an identity.
 *
 * @param source where it comes from, and a verb, for the error.
 * @throws TypeError
 */
export function readIdentity(identity: object, source: string): KnownCaller & { readonly actor: string } {
  const { actor, name, tenant } = identity as Record<string, unknown>
  const text = (field: string, value: unknown, least: number, most: number) =>
    checked(`${source} ${describe(value)} as ${field}`, value, least, most)
  return {
    actor: text('actor', actor, 1, 128),
    name: name == null ? undefined : text('name', name, 0, 80),
    tenant: readTenant(tenant, source),
  }
}

/**
 * Checks a tenant.
 *
 * @param source where it comes from, and a verb, for the error.
 * @throws TypeError
 */
export function readTenant(tenant: unknown, source: string): string {
  return tenant == null ? '' : checked(`${source} ${describe(tenant)} as tenant`, tenant, 1, 128)
}

function checked(what: string, value: unknown, least: number, most: number): string {
  const isGood = typeof value === 'string' && value.length >= least && value.length <= most
  if (isGood && !/\p{Cc}|\p{Cs}/u.test(value)) return value
  throw new TypeError(
    `${what}. It has to be a string of ${least} to ${most} characters, without control characters.`,
  )
}

/** Describes a value without quoting it: it may be a secret. */
function describe(value: unknown): string {
  if (value == null || value === '') return value === '' ? 'an empty string' : String(value)
  if (typeof value === 'string') return `a string of ${value.length} characters`
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
