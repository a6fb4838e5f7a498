// What is printed in a workflow of GitHub must not be taken for a command of it, whoever wrote it.

/** The runner looks for two colons where a line begins, and for the older `##[` anywhere. */
export function withoutCommands(text: string): string {
  return text.replaceAll(/^(\s*):(?=:)/gmu, '$1: ').replaceAll('##[', '## [')
}
