// A driver in a container: messages go to its standard input and come from its standard output, as with a process, so that a network that is cut
// does not cut the conversation. Or it is a server in there.

import { limits } from '#context/limits.ts'
import { isUserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { engineGone, engineWords, isUnreachable } from '#container/engine.ts'
import type { Lodging } from '#container/lodging.ts'
import type { ContainerLocation } from '../resolve-client.ts'
import { Contained, storeInside } from './contained.ts'
import { hear, hearWords } from './hear.ts'
import type { Ear, Link } from './link.ts'
import type { Message } from './message.ts'
import { DriverGone } from './protocol-error.ts'
import { openServer } from './server-link.ts'

/** `store`: which volume of the run it gets. */
export function openContainer(
  location: ContainerLocation,
  lodge: () => Promise<Lodging>,
  store: string,
  ear: Ear,
): Link {
  const waiting: Message[] = []
  let isOver = false
  let speak = (message: Message): void => void waiting.push(message)
  const started = lodge().then((lodging) => Contained.start(location, lodging, store))
  const end = (why: Error): void => {
    if (isOver) return
    kill()
    ear.onEnd(why)
  }
  const kill = (): void => {
    isOver = true
    started.then((contained) => contained.remove()).catch(() => {})
  }
  const begin = async (): Promise<void> => {
    const contained = await started
    const say = speaker(location, contained, { ...ear, onEnd: end })
    for (const message of waiting) say(message)
    speak = say
    end(await contained.ended)
  }
  begin().catch((error: unknown) => end(reasonOf(error)))
  return {
    store: { name: store, directory: storeInside },
    send: (message) => {
      if (!isOver) speak(message)
    },
    leave: async () => {
      const contained = await started
      if (location.container.serves) void contained.stop()
      else contained.stdin.end()
      const how = await withinReal(limits.driverExitMs, () => contained.ended)
      return how === 'overdue' ? 'overdue' : 'gone'
    },
    hold: async (state, on) => {
      const contained = await started
      await (state === 'paused' ? contained.freeze(on) : contained.cut(on))
    },
    kill,
  }
}

function reasonOf(error: unknown): Error {
  if (isUserError(error)) return error
  return isUnreachable(error) ? engineGone() : new DriverGone(engineWords(error))
}

function speaker(
  { container: { serves } }: ContainerLocation,
  { address, stdin, stdout, stderr }: Contained,
  ear: Ear,
): (message: Message) => void {
  if (!serves) {
    hear({ stdout, stderr }, ear, ear.onEnd)
    return (message) => void stdin.write(`${JSON.stringify(message)}\n`)
  }
  hearWords(stdout, ear)
  hearWords(stderr, ear)
  const server = openServer(`http://${address}:${serves.port}${serves.path}`, ear, limits.driverStartMs)
  return (message) => server.send(message)
}
