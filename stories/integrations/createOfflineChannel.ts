import { type Channel, StreamChat } from 'stream-chat'

/** A channel of a client that is signed in, and believes to be connected, without any network. */
export interface OfflineChannel {
  client: StreamChat
  channel: Channel
  /** The paths that the kit asked Stream for; none was answered. */
  asked: string[]
}

export function createOfflineChannel(): OfflineChannel {
  const asked: string[] = []
  const client = new StreamChat('offline')
  client.axiosInstance.defaults.adapter = ({ url = '' }) => {
    asked.push(url)
    return Promise.reject(new Error(`Stream is out of reach: ${url}`))
  }
  client._setUser({ id: 'grace' })
  void client._setToken({ id: 'grace' }, client.devToken('grace'))
  // A typing event goes out on a healthy connection only.
  Object.assign(client, { wsConnection: { isHealthy: true } })

  const channel = client.channel('messaging', 'ada')
  channel.initialized = true
  channel.data = { own_capabilities: ['send-message', 'send-typing-events'] }
  Object.assign(client.configs, { [channel.cid]: { typing_events: true } })
  return { client, channel, asked }
}
