// The reference in docs/reference: what scenarios, services and configs may say, what may go wrong, what the command understands, and what a report says. Made from the code
// (`npm run schemas`), so that it cannot say anything else.

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { faultKinds } from '#fault/catalog.ts'
import type { FaultKind } from '#fault/fault.ts'
import { configSchemaText } from '#config/schema.ts'
import { reportJsonSchema } from '#report/report-schema.ts'
import { definitionJsonSchema, scenarioJsonSchema, toJson, type JsonSchema } from '#scenario/json-schema.ts'
import { exitCodeHelp, ownExitCodes } from '../exit-code.ts'
import { createProgram } from '../program.ts'
import { melted } from './alternatives.ts'
import { fieldsOf, tableOf } from './forms.ts'

const made = '<!-- Made from the code by `npm run schemas`. -->'

/** By the name of the file in docs/reference. */
export function referencePages(): Readonly<Record<string, string>> {
  return {
    'scenario.md': scenarioPage(),
    'service.md': servicePage(),
    'faults.md': faultPage(),
    'commands.md': commandPage(),
    'config.md': configPage(),
    'report.md': reportPage(),
  }
}

/** What is in the catalogues has pages of its own. */
function scenarioPage(): string {
  const schema = scenarioJsonSchema()
  const fields = fieldsOf(schema).filter(({ path }) => !path.startsWith('expect.'))
  const sections = Map.groupBy(fields, ({ path }) => /^\w+/u.exec(path)?.[0] ?? path)
  return [
    made,
    '',
    '# What a scenario may say',
    '',
    `${String(schema['description'])} How one comes to be: [writing-a-scenario](../writing-a-scenario.md). Parameters of faults (\`with\`): [faults](faults.md). What may stand below \`expect\`:`,
    '[oracles](../oracles.md). `<name>` is a name of your own; `[]` stands for each item of a list.',
    '',
    ...Array.from(sections, ([name, of]) => `## ${name}\n\n${tableOf(of)}\n`),
  ].join('\n')
}

function servicePage(): string {
  const schema = definitionJsonSchema()
  return [
    made,
    '',
    '# What the definition of a service may say',
    '',
    `${String(schema['description'])} How one comes to be: [adding-a-service](../adding-a-service.md). \`<name>\` is a name of your own; \`[]\` stands for each item of a list.`,
    '',
    tableOf(fieldsOf(schema)),
    '',
  ].join('\n')
}

function configPage(): string {
  return [
    made,
    '',
    '# What a config may say',
    '',
    'Where it is looked for, and what beats it: [configuration](../configuration.md). `<name>` is a name of your own.',
    '',
    tableOf(fieldsOf(JSON.parse(configSchemaText()) as JsonSchema)),
    '',
  ].join('\n')
}

function reportPage(): string {
  const schema = melted(reportJsonSchema())
  return [
    made,
    '',
    '# What `report.json` says',
    '',
    `${String(schema['description'])} The other formats, and where they are read: [reports](../reports.md). What only some kinds of runs and verdicts have is not marked as needed. \`<name>\` is any name; \`[]\` stands for each`,
    'item of a list. `format` changes when a field changes its meaning or goes away.',
    '',
    tableOf(fieldsOf(schema)),
    '',
  ].join('\n')
}

function faultPage(): string {
  return [
    made,
    '',
    '# The faults',
    '',
    'What goes wrong in a scenario, by its `kind`. Where, when, for which share and in which shape is said the same way of all of them: [scenario](scenario.md).',
    '',
    ...Array.from(faultKinds.values(), faultSection),
  ].join('\n')
}

/** What the client sees is in the head of each file. */
function faultSection({ kind, schema }: FaultKind): string {
  const text = readFileSync(new URL(`../../fault/${kind}.ts`, import.meta.url), 'utf8')
  const head =
    /^(?:\/\/.*\n)+/u
      .exec(text)?.[0]
      .replaceAll(/^\/\/ ?/gmu, '')
      .trim() ?? ''
  const fields = fieldsOf(toJson(schema))
  return [`## ${kind}`, '', head, '', ...(fields.length > 0 ? [tableOf(fields)] : ['No parameters.']), ''].join('\n')
}

function commandPage(): string {
  const program = createProgram(() => undefined)
  return [
    made,
    '',
    '# What the command understands',
    '',
    'As `npx brownout <command>` in a project that has it, as `npm run chaos -- <command>` in a checkout.',
    '',
    '```text',
    exitCodeHelp,
    '```',
    '',
    ...commandsBelow(program, '').map(
      ([name, command]) => `## ${name}\n\n\`\`\`text\n${helpOf(name, command)}\n\`\`\`\n`,
    ),
  ].join('\n')
}

function commandsBelow(command: Command, path: string): readonly (readonly [name: string, command: Command])[] {
  return command.commands.flatMap((one) => {
    const name = `${path}${one.name()}`
    return one.commands.length > 0 ? commandsBelow(one, `${name} `) : [[name, one] as const]
  })
}

/** With its exit codes where they are not those of a run. */
function helpOf(name: string, command: Command): string {
  return [command.helpInformation().trimEnd(), ownExitCodes(name)].filter((part) => part !== undefined).join('\n\n')
}
