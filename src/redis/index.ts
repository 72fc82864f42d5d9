export { createRedisStore, type RedisStore } from './redisStore.js'
export type { RedisStoreOptions } from './checkOptions.js'
export type { RedisClient } from './scriptRunner.js'
export type { RedisSubscriber } from './redisLine.js'
