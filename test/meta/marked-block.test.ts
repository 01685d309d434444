import { expect, test } from '@jest/globals'
import { replaceMarkedBlock } from '../../scripts/marked-block.ts'

test('lines between the marks are replaced and indented as the marks are; a second time changes nothing', () => {
  const once = replaceMarkedBlock('a:\n  # <x>\n  old: 1\n  # </x>\nb:\n', 'x', ['new: $1', '', '  deep: 2'])
  expect(once).toBe('a:\n  # <x> written by "npm run sync" from action.yml\n  new: $1\n\n    deep: 2\n  # </x>\nb:\n')
  expect(replaceMarkedBlock(once, 'x', ['new: $1', '', '  deep: 2'])).toBe(once)
})

test.each(['', '# <x>\n', '# </x>\n# <x>\n', '# <x>\n# </x>\n# <x>\n# </x>\n'])(
  'text with marks like %j is refused',
  text => {
    expect(() => replaceMarkedBlock(text, 'x', [])).toThrow('there must be one')
  }
)
