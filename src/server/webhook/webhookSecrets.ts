import { Webhook } from 'standardwebhooks'

/**
 * Makes a verifier from each secret.
 *
 * @throws TypeError that never quotes a secret.
 */
export function readSecrets(secret: unknown): Webhook[] {
  const secrets: unknown[] = Array.isArray(secret) ? secret : [secret]
  if (secrets.length === 0)
    throw new TypeError(`createLinqWebhook needs a secret, and got an empty list. ${advice}`)
  return secrets.map((given, index) => {
    const which = secrets.length === 1 ? 'this secret' : `secret ${index + 1} of ${secrets.length}`
    if (typeof given !== 'string')
      throw new TypeError(
        `createLinqWebhook can't use ${which}: it is ${given == null ? String(given) : `a ${typeof given}`}. ${advice}`,
      )
    try {
      return new Webhook(given)
    } catch {
      throw new TypeError(
        `createLinqWebhook can't use ${which}: it is ${given.trim() === '' ? 'empty' : 'not base64'}. ${advice}`,
      )
    }
  })
}

const advice =
  'Pass the signing secret that Linq gave you with your webhook subscription (whsec_ and base64, without spaces), or () => process.env.LINQ_WEBHOOK_SECRET if it is not known at build time.'
