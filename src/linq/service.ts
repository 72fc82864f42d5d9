import type { TypingService } from '../core/typingService.js'
import { linqFailures } from './failures.js'
import { linqPolicy } from './policy.js'

/** Linq: how long things last there, and what its failures mean. */
export const linqService: TypingService = { policy: linqPolicy, failures: linqFailures }
