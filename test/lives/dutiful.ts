import { desk } from './desk.ts'

export const client = desk('dutiful', {
  durable: true,
  checksSignatures: true,
  remembersNotifications: true,
  health: (down) => ({
    services: {
      intercom: down
        ? { status: 'down', problem: 'theirs', cause: 'provider', why: 'it answers 503' }
        : { status: 'ok' },
    },
  }),
})
