import { terribleInSilence } from './table.ts'

// The body of an error is handed over as if it were the contact.
export const client = terribleInSilence('hands-over-errors', () => {})

const create = client.create.bind(client)
client.create = (world) => {
  const workspaces = Object.fromEntries(
    Object.entries(world.workspaces).map(([name, access]) => [name, { ...access, url: `${access.url}/wrong` }]),
  )
  return create({ ...world, workspaces })
}
