// The other side of `apart`.

const [module = '', name = '', args = '[]'] = process.argv.slice(2)
process.once('disconnect', () => process.exit(1))
const tell = process.send?.bind(process)
const loaded = (await import(new URL(module, import.meta.url).href)) as Record<
  string,
  (...given: unknown[]) => Promise<unknown>
>
const value = await loaded[name]?.(...(JSON.parse(args) as unknown[]))
// Not before it is sent: some contestants keep connections open.
tell?.({ value }, () => process.exit(0))
