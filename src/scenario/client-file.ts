// The file of a client that is a program (`*.client.yaml`): what to start, and where, or which server to ask. The form is read here;
// every mistake in it becomes a place with a caret, as in a scenario.

import { basename, dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { resolveClient, type ClientLocation, type DriverLocation } from '#client/resolve-client.ts'
import { complain } from './complaint.ts'
import { containerIn, containerKeys, containerOnly } from './container-section.ts'
import { readDocument, type Document } from './document.ts'
import { kindOf, readText, showPath } from './files.ts'
import { addIssues } from './issue.ts'
import { Problems, quote, type Path } from './problem.ts'
import { checkServices, servicesSchema } from './service-section.ts'
import { argument, section, text, word } from './terms.ts'

const commandMessage = 'must be a list of words, such as [python3, desk.py]'

export const clientFileSchema = section({
  command: z
    .array(argument, { error: (issue) => (issue.input === undefined ? undefined : commandMessage) })
    .min(1, commandMessage)
    .max(100, commandMessage)
    .optional()
    .describe(
      'The program that speaks the protocol of drivers, and its arguments. No shell is in between. Of a container: instead of what its image starts.',
    ),
  cwd: word.optional().describe('Where to start it, relative to this file. Default: where this file is.'),
  env: z
    .record(text(/^[A-Za-z_]\w{0,199}$/u, 'must be the name of a variable'), argument)
    .optional()
    .describe('Variables of its environment, besides PATH, HOME and TMPDIR. Nothing else of yours is passed on.'),
  https: z
    .boolean({ error: 'must be true or false' })
    .optional()
    .describe('Whether it speaks to nobody over plain HTTP. Its addresses then begin with https.'),
  driver: text(
    /^http:\/\/[\w.-]+(?::\d{1,5})?(?:\/[^\s\p{Cc}]*)?$/u,
    'must be the address of a server, such as http://127.0.0.1:9000/driver',
  )
    .optional()
    .describe('Instead of a command: a server that speaks the protocol over HTTP, and that is running.'),
  ...containerKeys,
  services: servicesSchema.optional(),
}).describe('A client that is a program of any language.')

type Written = z.infer<typeof clientFileSchema>

const clientFile = /(?:^|[.\\/])client\.ya?ml$/u
/** What messages call a key: `client.command`. In the file there is no such map. */
const root = 'client'
const hint = 'Write: command: [python3, desk.py]'

/** The client that is meant by `--client ./desk.client.yaml`, `./desk.ts` or `sdk`. Throws UserError. */
export function locateClient(specifier: string, cwd: string): ClientLocation {
  if (!clientFile.test(specifier)) return resolveClient(specifier, cwd)
  const file = resolve(cwd, specifier)
  if (kindOf(file) !== 'file')
    throw new UserError(`There is no client file "${specifier}" (looked for ${file}).`, { hint })
  const shown = showPath(file, cwd)
  return parseClientFile(readText(file, shown, 'client'), file, nameOf(file, cwd), shown)
}

function nameOf(file: string, cwd: string): string {
  const path = relative(cwd, file)
  return path.startsWith('..') ? basename(file) : path.replaceAll('\\', '/')
}

export function parseClientFile(source: string, file: string, name: string, shown: string = name): DriverLocation {
  if (source.length > limits.scenarioCharacters)
    throw new UserError(`the file has ${source.length} characters; a client has at most ${limits.scenarioCharacters}`, {
      place: { file: shown },
    })
  const document = readDocument(source)
  if (document.misprints.length > 0) throw complain(source, shown, document, document.misprints)
  if (typeof document.data !== 'object' || document.data === null || Array.isArray(document.data))
    throw new UserError(
      document.data === null ? 'the file is empty' : `a client is a map, but this file holds ${quote(document.data)}`,
      { place: { file: shown }, hint },
    )
  const problems = new Problems()
  const form = clientFileSchema.safeParse(document.data, { jitless: true })
  if (!form.success) addIssues(problems, form.error.issues, clientFileSchema, document.data, [root])
  else checkMeaning(form.data, problems, dirname(file))
  if (!form.success || problems.list.length > 0) throw complain(source, shown, document, placed(problems, document))
  return located(form.data, file, name)
}

function placed(problems: Problems, document: Document) {
  return problems.list.map((problem) => {
    return { ...problem, span: document.spanOf({ ...problem, path: problem.path.slice(1) }) }
  })
}

function checkMeaning(written: Written, problems: Problems, folder: string): void {
  const { command, driver, image, build, https: _, services, ...others } = written
  checkServices(services, root, problems)
  if (command?.[0] === '') problems.value([root, 'command', 0], 'the program to start has no name', hint)
  if (typeof build === 'string') checkBuild(build, folder, [root, 'build'], problems)
  else if (build !== undefined) checkBuild(build.context, folder, [root, 'build', 'context'], problems)
  if ([command, driver, image, build].every((key) => key === undefined))
    problems.value([root], 'this says neither what to start nor which server to ask', hint)
  const rest = { ...others, command }
  if (driver !== undefined) checkServer(driver, problems)
  if (driver !== undefined) idle({ ...rest, image, build }, 'driver', 'A server is running already.', problems)
  else if (image !== undefined)
    idle({ build, cwd: rest.cwd }, 'image', 'The image says what is in the container.', problems)
  else if (build !== undefined) idle({ cwd: rest.cwd }, 'build', 'The image says where its program starts.', problems)
  else
    idle(containerOnly(written), 'command', 'It is for containers: name an `image`, or a folder to `build`.', problems)
  if (written.path !== undefined && written.port === undefined)
    problems.key(
      [root, 'path'],
      '`path` is of no use without `port`',
      'Without a port it speaks over its standard input and output.',
    )
}

function checkBuild(context: string, folder: string, path: Path, problems: Problems): void {
  if (kindOf(resolve(folder, context)) === 'directory') return
  problems.value(path, `there is no folder ${context} to build an image of`, 'It is relative to this file.')
}

/** The services listen on this machine only. */
function checkServer(driver: string, problems: Problems): void {
  const [, host = '', port = '80'] = /^http:\/\/([\w.-]+)(?::(\d+))?/u.exec(driver) ?? []
  if (Number(port) > 65_535) problems.value([root, 'driver'], `there is no port ${port}`, 'The last one is 65535.')
  else if (!/^(?:localhost|127(?:\.\d{1,3}){3})$/u.test(host))
    problems.value(
      [root, 'driver'],
      'a server on another machine cannot reach the simulated services, which listen on this one only',
      'Start it here, and write its address with 127.0.0.1.',
    )
}

/** Keys that mean nothing beside another one. */
function idle(keys: Readonly<Record<string, unknown>>, beside: string, why: string, problems: Problems): void {
  const first = Object.entries(keys).find(([, value]) => value !== undefined)
  if (first) problems.key([root, first[0]], `\`${first[0]}\` is of no use beside \`${beside}\``, why)
}

function located(written: Written, file: string, name: string): DriverLocation {
  const { command, driver, cwd, env, https, services } = written
  const needs = services && { services: services as NonNullable<DriverLocation['services']> }
  const about = { name, url: pathToFileURL(file).href, ...(https === true && { https }), ...needs }
  if (driver !== undefined) return { ...about, driver }
  const container = containerIn(written, file)
  if (container) return { ...about, container: { ...container, ...(command && { command }), env: env ?? {} } }
  return { ...about, command: command ?? [], cwd: resolve(dirname(file), cwd ?? '.'), env: env ?? {} }
}
