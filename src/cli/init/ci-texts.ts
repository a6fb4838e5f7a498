// The gate on every push, and a search every night, as GitHub and GitLab are told them.

import type { Manager } from './manager.ts'

const every =
  'Another campaign every night. What it finds is a scenario: commit it to fixtures/regressions, and it is replayed first from then on.'

export function githubText(manager: Manager): string {
  return `# The gate on every push, and every night a search for what breaks the client.
name: chaos
on:
  push:
  pull_request:
  schedule:
    - cron: '17 3 * * *'

permissions:
  contents: read

jobs:
  gate:
    if: github.event_name != 'schedule'
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
${installing(manager)}
      - run: ${manager.run}
      - uses: actions/upload-artifact@v4
        if: always()
        with: { name: chaos, path: reports }
  fuzz:
    if: github.event_name == 'schedule'
    runs-on: ubuntu-latest
    timeout-minutes: 40
    steps:
${installing(manager)}
      # ${every}
      - run: ${manager.runWith} fuzz ten-minutes --seed night-\${{ github.run_number }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: campaign
          path: |
            reports
            fixtures/regressions
`
}

function installing({ install, steps }: Manager): string {
  return [
    '- uses: actions/checkout@v4',
    ...steps,
    '- uses: actions/setup-node@v4',
    '  with: { node-version: 24 }',
    `- run: ${install}`,
  ]
    .map((line) => `      ${line}`)
    .join('\n')
}

export function gitlabText({ install, setup, run, runWith }: Manager): string {
  const script = (command: string): string => [...setup, install, command].map((line) => `    - ${line}`).join('\n')
  return `# The gate on every push, and a search for what breaks the client in scheduled pipelines (Build > Pipeline schedules: once a night).
chaos:
  image: node:24
  script:
${script(run)}
  rules:
    - if: $CI_PIPELINE_SOURCE != "schedule"
  artifacts:
    when: always
    paths: [reports/]
    reports: { junit: reports/junit.xml }

chaos-fuzz:
  image: node:24
  script:
    # ${every}
${script(`${runWith} fuzz ten-minutes --seed $CI_PIPELINE_ID`)}
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  artifacts:
    when: always
    paths: [reports/, fixtures/regressions/]
`
}
