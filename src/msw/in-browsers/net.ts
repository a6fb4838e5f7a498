// node:net for browsers: what is an address. There only simulated hosts are asked about, which have names.

// oxlint-disable-next-line import/no-default-export -- as Node's has it
export default { isIPv4: (): boolean => false, isIPv6: (): boolean => false }
