import { expect, test } from '@jest/globals'
import { redactor } from '../../../src/report/redact.ts'

const SECRET = 'horse "battery" <staple>\nsecond line'
/** Without the quotes around it. */
const inJson = (text: string, times: number): string =>
  times === 0 ? text : inJson(JSON.stringify(text).slice(1, -1), times - 1)

test.each([
  ['as it is', `a ${SECRET} b`, 'a (hidden) b'],
  ['in JSON', JSON.stringify({ a: SECRET }), '{"a":"(hidden)"}'],
  ['one of its lines', 'x second line y', 'x (hidden) y'],
  ['broken at a blank', 'x second\n    line y', 'x (hidden) y'],
  ['in HTML', 'horse &quot;battery&quot; &lt;staple&gt;', '(hidden)'],
  ['percent-encoded', encodeURIComponent(SECRET), '(hidden)'],
  ['cut off within', 'it was horse "bat…', 'it was (hidden)…'],
  ['cut off within by three dots', 'it was horse "bat... and more', 'it was (hidden)... and more'],
  ['of which the end is shown', 'it ended …second line, it said', 'it ended …(hidden), it said'],
  ['of which the end of a line is shown', 'it ended …ond line, it said', 'it ended …(hidden), it said'],
  ['of which six units are shown', 'it ended ...d line, it said', 'it ended ...(hidden), it said'],
  ['in JSON four times over', inJson(SECRET, 4), '(hidden)'],
  ['in JSON within JSON', JSON.stringify(JSON.stringify({ a: SECRET })), String.raw`"{\"a\":\"(hidden)\"}"`],
  [
    'as .NET writes JSON',
    String.raw`{"a":"horse \u0022battery\u0022 \u003Cstaple\u003E\nsecond line"}`,
    '{"a":"(hidden)"}'
  ],
  [
    'percent-encoded in lower case',
    `a=${encodeURIComponent(SECRET).replaceAll(/%../g, code => code.toLowerCase())}&b`,
    'a=(hidden)&b'
  ],
  ['form-encoded', `a=${new URLSearchParams({ a: SECRET }).toString().slice(2)}&b=1`, 'a=(hidden)&b=1'],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(SECRET)), '(hidden)'],
  ['in quotes of code', String.raw`'horse \"battery\" \x3cstaple\x3e\nsecond line'`, "'(hidden)'"],
  ['with its quotes twice', 'horse ""battery"" <staple>', '(hidden)'],
  ['cut off in an escape of JSON', String.raw`it was horse \u0022bat\u00...`, String.raw`it was (hidden)\u00...`],
  ['cut off behind the stroke of an escape', String.raw`it was horse \...`, String.raw`it was (hidden)\...`],
  ['cut off in a code of a URL', 'a=horse%20%2...', 'a=(hidden)%2...'],
  ['cut off in an entity', 'it was horse &quo…', 'it was (hidden)&quo…'],
  ['cut off, with a quote before the dots', `it was 'horse "bat'...`, `it was '(hidden)'...`],
  ['cut off by dots in brackets', 'it was horse "bat [...]', 'it was (hidden) [...]'],
  ['with its quotes as numbers', 'horse &#x22;battery&#34; &lt;staple&gt;', '(hidden)']
])('a secret that is known is hidden %s', (_, text, expected) => {
  const { hide, text: clean } = redactor()
  hide(SECRET)
  expect(clean(text)).toBe(expected)
})

test('a single quote that is escaped in any way hides no secret', () => {
  const { hide, text: clean } = redactor()
  hide("it's a secret")
  for (const quote of ["\\'", "''", '\\x27', '\\u0027', '&#39;', '%27']) {
    expect(clean(`'it${quote}s a secret'`)).toBe("'(hidden)'")
  }
})

test.each([
  'eastus2=3',
  'https://portal.azure.com/x?a=b&region=eastus2',
  'the region of a=b…',
  'sha256 0c3f==',
  'Bearer of news',
  // What dots stand beside is a secret cut off only where enough of it is left, and where they are three.
  'ho... and ... line',
  'hor. is no horse',
  'a horse "bat and more',
  'with the tail of it, ond line'
])('what is no secret stays: %s', text => {
  const { hide, text: clean } = redactor()
  hide(SECRET)
  hide('short')
  expect(clean(`${text} short`)).toBe(`${text} short`)
})

const SAS = 'sv=2024-11-04&sr=b&sig=aB3%2FcD4%2BeF5%3D&se=2026-12-01T00%3A00%3A00Z'

test('a signature that is known percent-encoded is hidden decoded too', () => {
  const { hide, text: clean } = redactor()
  hide(SAS)
  expect(clean(`the query '${decodeURIComponent(SAS)}' is refused`)).toBe("the query '(hidden)' is refused")
})

test.each(['renderuser', 'nightly', 'u0022pass', '41%41%41', 'tab\\new', '&amp;&amp;a', 'plus+plus'])(
  'what stands before a secret doesn’t hide it from view: %s',
  secret => {
    const { hide, text: clean } = redactor()
    hide(secret)
    for (const before of ['CORP\\', '%', '100%', '&', 'a', '"', '…']) {
      expect(clean(`${before}${secret}"`)).toBe(`${before}(hidden)"`)
    }
  }
)

test.each([
  ['in a URL', 'https://farm.blob.core.windows.net/x?sv=1&sig=aB3%2FcD4&se=2', '…&sig=(hidden)&se=2'],
  [
    'in JSON within JSON',
    String.raw`{\"url\":\"https://x/y?sig=aB3%2FcD4\"}`,
    String.raw`{\"url\":\"https://x/y?sig=(hidden)\"}`
  ],
  [
    'with its ampersand escaped',
    String.raw`x?sv=1\u0026sig=aB3%2FcD4\u0026se=2`,
    String.raw`x?sv=1\u0026sig=(hidden)\u0026se=2`
  ],
  [
    'percent-encoded',
    'to=https%3A%2F%2Fx%2Fy%3Fsig%3DaB3%252FcD4%26se%3D2',
    'to=https%3A%2F%2Fx%2Fy%3Fsig%3D(hidden)%26se%3D2'
  ]
])('a signature that nobody knows is hidden by its name %s', (_, text, expected) => {
  expect(redactor().text(text)).toBe(expected.replace('…', 'https://farm.blob.core.windows.net/x?sv=1'))
})

test.each([
  ['SharedAccessKey=aB3xY+/9; and more', 'SharedAccessKey=(hidden); and more'],
  [
    'AccountName=farm;AccountKey=aB3+cD4;EndpointSuffix=core',
    'AccountName=farm;AccountKey=(hidden);EndpointSuffix=core'
  ],
  ['password=hunter2&user=me', 'password=(hidden)&user=me'],
  ['{"pwd=hunter2"}', '{"pwd=(hidden)"}'],
  ['client_secret=a~b.c_d e', 'client_secret=(hidden) e'],
  ['sig=aB3cD4 and se=1', 'sig=(hidden) and se=1'],
  ['<a href="x?sig=aB3cD4">', '<a href="x?sig=(hidden)">'],
  ['(sig=aB3%2FcD4&se=2)', '(sig=(hidden)&se=2)'],
  ['https://x/op?a=1&c=Cert.a-b&s=Sig_n&h=Hash&t=5', 'https://x/op?a=1&c=(hidden)&s=(hidden)&h=(hidden)&t=5'],
  ['Authorization: Bearer abcdefghijklmnop.qrst end', 'Authorization: Bearer (hidden) end'],
  ['bearer   abcdefghijklmnop', 'bearer (hidden)'],
  ['token eyJhbGciOiJI.eyJzdWIiOiJj.c2lnbmF0dXJl, it says', 'token (hidden), it says'],
  ['xeyJhbGciOiJI.eyJzdWIiOiJj', 'xeyJhbGciOiJI.eyJzdWIiOiJj'],
  [`key ${'aZ09+/'.repeat(15).slice(0, 86)}== of it`, 'key (hidden) of it'],
  [`hash ${'a'.repeat(85)}== of it`, `hash ${'a'.repeat(85)}== of it`],
  [`hash ${'a'.repeat(87)}== of it`, `hash ${'a'.repeat(87)}== of it`]
])('what is secret by its shape is hidden whole, and nothing beside it: %s', (text, expected) => {
  expect(redactor().text(text)).toBe(expected)
})

test.each([
  [['horse battery', 'battery staple'], 'a horse battery staple b', 'a (hidden) b'],
  [['battery', 'horse battery staple'], 'horse battery staple', '(hidden)'],
  [['horse battery staple', 'battery'], 'horse battery dies', 'horse (hidden) dies'],
  [['battery', 'battery'], 'battery battery', '(hidden) (hidden)'],
  [['batter', 'battery'], 'battery', '(hidden)']
])('of the secrets %j each is hidden whole: %s', (secrets, text, expected) => {
  const { hide, text: clean } = redactor()
  for (const secret of secrets) hide(secret)
  expect(clean(text)).toBe(expected)
})

test('a text is read four layers of escapes deep, and no deeper: a hostile one has as many as it likes', () => {
  const { hide, text } = redactor()
  hide('a "quote" within')
  expect(text(inJson('a "quote" within', 4))).toBe('(hidden)')
  expect(text(inJson('a "quote" within', 5))).toBe(inJson('a "quote" within', 5))
})

test('a secret of nothing but signs that are escaped is read through its escapes', () => {
  const { hide, text } = redactor()
  hide('<%&\\%&<')
  expect(text('<%&\\\\%&<')).toBe('(hidden)')
})

test('a secret that becomes known later is hidden from then on', () => {
  const { hide, text } = redactor()
  hide('the first one')
  expect(text('the first one, the second one')).toBe('(hidden), the second one')
  hide('the second one')
  expect(text('the first one, the second one')).toBe('(hidden), (hidden)')
})

test('a line of a secret is hidden by its own length, without the blanks around it', () => {
  const { hide, text } = redactor()
  hide('a first line of it\n abcd \n abcdef \r\nits last line')
  expect(text('x abcd y')).toBe('x abcd y')
  expect(text('x abcdef y')).toBe('x(hidden)y')
  expect(text('x its last line y')).toBe('x (hidden) y')
})

test('at any depth of data, and nothing else of it changes', () => {
  const { deep, hide } = redactor()
  hide(SECRET)
  const data = { a: [{ b: SECRET, c: 1, d: null }], e: undefined, f: true }
  expect(deep(data)).toEqual({ a: [{ b: '(hidden)', c: 1, d: null }], e: undefined, f: true })
})
