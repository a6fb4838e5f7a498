import { desk } from './desk.ts'

export const client = desk('careless', {
  health: () => {
    throw new Error('no idea')
  },
})
