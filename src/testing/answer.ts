import type { LinqCall } from './call.js'
import type { Chat } from './chat.js'
import type { Correspondence } from './correspondence.js'
import type { LinqAnswer } from './network.js'
import { readMessage, representChat, representSentMessage } from './representation.js'
import { isUuid } from './uuid.js'

/** What Linq needs in order to answer. */
export interface LinqOffice {
  readonly token: string | undefined
  readonly groups: 'refused' | 'accepted'
  findChat(id: string): Chat | undefined
  readonly correspondence: Correspondence
}

/** Carries out a call if it is permitted, and returns what Linq answers. */
export function answerCall(call: LinqCall, body: string, office: LinqOffice): LinqAnswer {
  if (office.token !== undefined && call.headers.authorization !== `Bearer ${office.token}`)
    return { status: 401, code: 2004 }
  if (call.action === 'unknown') return { status: 404, code: 2001 }
  if (!isUuid(call.chatId)) return { status: 400, code: 1005 }
  const chat = office.findChat(call.chatId)
  if (!chat) return { status: 404, code: 2001 }
  return refuse(call, chat, office) ?? carryOut(call, chat, body, office)
}

/** What Linq answers when a chat refuses. */
export function refuse(
  { action }: Pick<LinqCall, 'action'>,
  { profile }: Chat,
  { groups }: Pick<LinqOffice, 'groups'>,
): LinqAnswer | null {
  const { status, health, isGroup } = profile
  if (status === 'creating') return { status: 409, code: 2009 }
  if (status === 'deleted') return { status: 409, code: 2013 }
  if (action === 'read') return null
  if (status === 'left' || status === 'removed') return { status: 409, code: 2013 }
  if (health === 'OPTED_OUT') return { status: 403, code: 2024 }
  if (isGroup && action !== 'message' && groups === 'refused') return { status: 403, code: 2005 }
  return null
}

function carryOut({ action }: LinqCall, chat: Chat, body: string, office: LinqOffice): LinqAnswer {
  if (action === 'read') return { status: 200, body: JSON.stringify(representChat(chat.profile)) }
  if (action === 'message') return send(chat, body, office)
  if (action === 'start') chat.start()
  else chat.stop()
  return { status: 204 }
}

function send(chat: Chat, body: string, office: LinqOffice): LinqAnswer {
  const draft = readMessage(body)
  if (draft === null) return { status: 400, code: 1002 }
  const message = office.correspondence.send(chat, draft)
  return { status: 202, body: JSON.stringify(representSentMessage(chat.profile, message)) }
}
