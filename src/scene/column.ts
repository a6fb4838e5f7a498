// One figure for every step of a grid, written down short: most steps of a long run have nothing in them.

/** Pairs: how many steps to go on from the last one that was told, and what is there. All others are zero. */
export type Column = readonly number[]

export function columnOf(values: ArrayLike<number>): Column {
  const pairs: number[] = []
  let last = 0
  for (let step = 0; step < values.length; step += 1) {
    const value = values[step] ?? 0
    if (value === 0) continue
    pairs.push(step - last, value)
    last = step
  }
  return pairs
}

export function valuesOf(column: Column, steps: number): Float64Array {
  const values = new Float64Array(steps)
  let step = 0
  for (let index = 0; index + 1 < column.length; index += 2) {
    step += column[index] ?? 0
    values[step] = column[index + 1] ?? 0
  }
  return values
}

/** Like `columnOf`, for a figure that stays as it is until it changes: what is told is every change. */
export function changesOf(values: ArrayLike<number>): Column {
  return columnOf(Array.from(values, (value, step) => value - (step === 0 ? 0 : (values[step - 1] ?? 0))))
}

export function valuesOfChanges(column: Column, steps: number): Float64Array {
  const values = valuesOf(column, steps)
  for (let step = 1; step < steps; step += 1) values[step] = (values[step] ?? 0) + (values[step - 1] ?? 0)
  return values
}
