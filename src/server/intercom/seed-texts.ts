// What the tickets and articles of a fresh workspace are about.

export const ticketTitles = [
  'Export stops at 90 %',
  'Invoice shows the wrong plan',
  'Two-factor code never arrives',
  'Webhook is called twice',
  'Report is empty since the weekend',
  'Please raise the seat limit',
  'Date filter ignores the time zone',
  'Cannot delete an old workspace',
] as const

export const ticketDescriptions = [
  'It happened twice this week, both times in the morning.',
  'A colleague sees the same on another machine.',
  'We need this before the end of the month.',
  'Nothing changed on our side as far as we know.',
] as const

export const articleTitles = [
  'Inviting your colleagues',
  'Changing the billing address',
  'Exporting your data',
  'Setting up single sign-on',
  'What the plans include',
  'Connecting a webhook',
  'Moving to another workspace',
  'Reading your invoice',
  'Working with custom attributes',
  'Deleting your account',
] as const

export const articleBodies = [
  'Open the settings, choose the section and follow the steps.',
  'Only owners can do this. Ask one of them if the button is missing.',
  'It takes a few minutes. You get an email when it is done.',
  'You can undo this within thirty days.',
] as const
