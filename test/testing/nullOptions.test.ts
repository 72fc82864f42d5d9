import { createLinqEmulator } from 'react-linq-typing/testing'
import { expect, it } from 'vitest'

it('the emulated Linq treats null as left out, for every option (row 96)', async () => {
  const linq = createLinqEmulator({
    token: null,
    lifetime: null,
    groups: null,
    inactive: null,
    deliveryDelay: null,
    network: null,
    webhooks: null,
    webhookNetwork: null,
    clock: null,
  })
  const start = async (chatId: string) =>
    (await linq.fetch(`http://linq.test/v3/chats/${chatId}/typing`, { method: 'POST' })).status
  const chatId = linq.addChat()
  linq.send(chatId, 'Hi')
  expect(await start(chatId)).toBe(204)
  expect(linq.recipientSees(chatId)).toBe(true)
  expect(await start(linq.addChat({ isGroup: true }))).toBe(403)
  expect(linq.messages(chatId)).toMatchObject([{ text: 'Hi', deliveredAt: null }])
  expect([linq.network, linq.webhooks, linq.webhookNetwork]).toEqual([undefined, undefined, undefined])
})

it('the emulated Linq treats null options as none (row 96)', () => {
  expect(createLinqEmulator(null).addChat()).toBe(createLinqEmulator().addChat())
})
