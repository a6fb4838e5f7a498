// The Redis of one run: begun empty, and made cold, mute or absent as the faults say.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { pauseReal } from '#clock/real-wait.ts'
import { askRedis } from './ask.ts'
import type { Host } from './host.ts'

export interface Redis {
  readonly url: string
  /** Which it is, with its version. */
  readonly what: string
  /** Everything in it is gone. */
  flush(): Promise<void>
  /** It keeps what it has, and answers nothing. */
  pause(): Promise<void>
  resume(): Promise<void>
  kill(): Promise<void>
  /** Resolves when it answers. It is empty. */
  start(): Promise<void>
  /** What became of it, when it ended although nobody had told it to. */
  death(): UserError | undefined
  log(): string
  close(): Promise<void>
}

const lookEveryMs = 10

/** Throws UserError when it does not answer. */
export async function beginRedis(host: Host): Promise<Redis> {
  const start = async (): Promise<void> => {
    await host.start()
    await answering(host)
    await host.open()
  }
  const ask = (command: string): Promise<string> => askRedis(host.address(), command, limits.redisAnswerMs)
  await start()
  const version = /^redis_version:(\S+)/mu.exec(await ask('INFO server'))?.[1]
  return {
    url: host.url,
    what: `${host.kind}${version === undefined ? '' : `, version ${version}`}`,
    flush: async () => void (await ask('FLUSHALL SYNC')),
    pause: () => host.pause(),
    resume: () => host.resume(),
    kill: () => host.kill(),
    start,
    death: () => {
      const why = host.death()
      return why === undefined ? undefined : ended(why)
    },
    log: () => host.log(),
    close: () => host.close(),
  }
}

async function answering(host: Host): Promise<void> {
  let waitedMs = 0
  for (;;) {
    const why = host.death()
    if (why !== undefined) throw notStarted(host, why)
    try {
      await askRedis(host.address(), 'PING', limits.redisAnswerMs)
      return
    } catch {
      if (waitedMs >= limits.redisStartMs) throw notStarted(host, `it did not answer within ${waitedMs / 1_000} s`)
    }
    await pauseReal(lookEveryMs)
    waitedMs += lookEveryMs
  }
}

/** Whose fault it is cannot be told: the port may have been taken just now, or the command may be wrong. */
function notStarted({ kind }: Host, why: string): UserError {
  return new UserError(`The Redis that this client needs (${kind}) could not be started: ${why}.`, {
    hint: 'See docs/redis.md for what `services: { redis: ... }` may say.',
  })
}

function ended(why: string): UserError {
  return new UserError(`The Redis of this run ended by itself (${why}), so nothing can be judged by it.`, {
    hint: 'Nothing in the scenario did that. Run it again; a client must not shut its Redis down.',
    isMachine: true,
  })
}
