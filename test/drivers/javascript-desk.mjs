// The example of a driver in JavaScript as a client in process, so that it can be replayed in virtual time.

import { defineClient } from 'brownout'
import { desk } from '../../fixtures/drivers/javascript/desk.mjs'

export const client = defineClient(desk)
