// Asks its own service first, which is not simulated.

import { deskOver } from './desk.ts'

export const client = deskOver('calls-elsewhere', async (url, init) => {
  await fetch('https://telemetry.example.com/').catch(() => undefined)
  const response = await fetch(url, init)
  return { status: response.status, text: await response.text() }
})
