import { definePolicy, linqPolicy } from 'react-linq-typing'

export const patientPolicy = definePolicy({ ...linqPolicy, idleTimeout: 6_000 })
