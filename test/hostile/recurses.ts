import { terribleInSilence } from './table.ts'

function down(depth: number): number {
  try {
    return down(depth + 1)
  } catch {
    return down(depth)
  }
}

export const client = terribleInSilence('recurses', () => down(0))
