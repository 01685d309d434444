import { z } from 'zod'
import { unknownName } from './nearest.ts'
import type { Path, Problem } from './problems.ts'

/** A schema for each property of `T`, no more and no fewer: the compiler holds what is checked to what is read. */
export type ShapeOf<T> = { [Name in keyof Required<T>]: z.ZodType<T[Name]> }

/** The error of unknown names carries the names that are known, a line each: `problemsOf` names the nearest. */
export const object = <Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join('\n') : 'an object is needed')
  })

const needed = (what: string): { error: string } => ({ error: `${what} is needed` })

export const text = z.string(needed('a text')).min(1, needed('a text that isn’t empty'))
export const flag = z.boolean(needed('true or false'))
export const count = z.int(needed('a whole number of 0 or more')).min(0, needed('a whole number of 0 or more'))
export const ms = z.number(needed('a number of milliseconds')).min(0, needed('0 milliseconds or more'))
export const anyObject = z.record(z.string(), z.json(), needed('an object'))

export const list = <Item extends z.ZodType>(item: Item): z.ZodArray<Item> => z.array(item, needed('a list'))

export const byName = <Item extends z.ZodType>(item: Item): z.ZodRecord<z.ZodString, Item> =>
  z.record(z.string(), item, needed('an object'))

export const oneOf = <const Words extends readonly string[]>(words: Words): z.ZodType<Words[number]> =>
  z.enum(words, { error: ({ input }) => unknownName(String(input), 'a value of this', words) })

/** All problems of `value` with `schema`; paths begin with `at`. */
export function problemsOf(schema: z.ZodType, value: unknown, at: Path): Problem[] {
  const { error } = schema.safeParse(value, { reportInput: true })
  return (error?.issues ?? []).flatMap(issue => {
    const inside = issue.path as Path
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: [...at, ...inside], value: issue.input, message: issue.message }]
    }
    const known = issue.message.split('\n')
    return issue.keys.map(name => ({
      path: [...at, ...inside, name],
      value: (issue.input as Record<string, unknown>)[name],
      message: unknownName(name, 'a known name', known)
    }))
  })
}
