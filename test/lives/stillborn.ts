import { desk } from './desk.ts'

export const client = desk('stillborn', {
  again: () => {
    throw new Error('the address is in use')
  },
})
