// Artefacts that could not be written, and runs that could not be compared. They are told after the verdicts, which are not to be
// lost with them.

import { plainText } from '#context/foreign-text.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { exitCodes, worseCode, type ExitCode } from './exit-code.ts'
import { complain } from './terminal.ts'

export class Losses {
  readonly #problems: UserError[] = []

  add(problem: UserError | undefined): void {
    if (problem) this.#problems.push(problem)
  }

  /** What cannot be written is told later; anything else is thrown. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isUserError(error)) throw error
      this.add(error)
    }
  }

  get any(): boolean {
    return this.#problems.length > 0
  }

  /** Says what is missing, and then `more`. Returns how the command ends then. */
  tell(code: ExitCode, more: readonly string[] = []): ExitCode {
    const lines = this.#problems.map(({ message, place }) => new UserError(message, place && { place }).toString())
    const hints = this.#problems.flatMap(({ hint }) => hint ?? [])
    for (const line of new Set([...lines, ...hints, ...more])) complain(plainText(line))
    return this.#problems.reduce(
      (worst, { isMachine }) => worseCode(worst, isMachine ? exitCodes.error : exitCodes.rejected),
      code,
    )
  }
}
