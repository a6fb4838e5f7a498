import { deskOver } from './desk.ts'

export const client = deskOver('with-fetch', async (url, init) => {
  const response = await fetch(url, init)
  return { status: response.status, text: await response.text() }
})
