import { expect, test } from '@jest/globals'
import { parseCommandFile, parseWorkflowCommands } from '../../demo/command-files.ts'

test.each([
  { name: 'nothing', text: '', values: {} },
  { name: 'one line a value', text: 'a=1\nb=x=y\n', values: { a: '1', b: 'x=y' } },
  { name: 'a value of several lines', text: 'a<<EOF\n1\n\nEOF=\nEOF\nb=2\n', values: { a: '1\n\nEOF=', b: '2' } },
  { name: 'an empty value between delimiters', text: 'a<<EOF\nEOF\n', values: { a: '' } },
  { name: 'the later of two values', text: 'a=1\na=2\n', values: { a: '2' } }
])('a command file with $name is read as the runner reads it', ({ text, values }) => {
  expect(parseCommandFile(text)).toEqual(values)
})

test.each([
  { text: 'a\n', problem: 'line "a" is not name=value' },
  { text: 'a<<EOF\n1\n', problem: 'delimiter "EOF" doesn\'t come again' }
])('a command file that the runner refuses is refused: $problem', ({ text, problem }) => {
  expect(() => parseCommandFile(text)).toThrow(problem)
})

test('workflow commands are read with their properties unescaped, other lines are not commands', () => {
  const printed = 'plain ::error::no\n::error title=A%2C b%3A c,file=x::two%0Alines at 5%25\n::add-mask::s::t\n'
  expect(parseWorkflowCommands(printed)).toEqual([
    { command: 'error', properties: { title: 'A, b: c', file: 'x' }, message: 'two\nlines at 5%' },
    { command: 'add-mask', properties: {}, message: 's::t' }
  ])
})
