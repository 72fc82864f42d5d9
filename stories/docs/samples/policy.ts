import { definePolicy, linqPolicy } from 'react-linq-typing'

export const briskPolicy = definePolicy({ ...linqPolicy, idleTimeout: 6_000 })
