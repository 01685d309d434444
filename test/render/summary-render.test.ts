import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import type { SummaryInput } from '../../src/report/summary.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { HOSTILE } from '../support/hostile-text.ts'
import {
  dryRunOutcome,
  dryRunPlan,
  failedOutcome,
  longOutcome,
  manyStepsOutcome,
  manyStepsPlan,
  releaseOutcome,
  releasePlan,
  STARTED_AT
} from '../support/plan-fixtures.ts'
import { browserPath, openBrowser, renderPage } from './page.ts'

const executablePath = browserPath()
if (executablePath === undefined) {
  process.stderr.write('skipped: test/render (no chromium, chromium-browser or google-chrome on the PATH)\n')
}
const inBrowser = executablePath === undefined ? describe.skip : describe

const cloud: SummaryInput['cloud'] = { kind: 'named', name: 'AzureCloud' }
const run = {
  repository: 'farm/images',
  runId: '7001',
  runAttempt: 2,
  nonce: 'n',
  commit: '0c4f3d5e6a7b8c9d',
  runUrl: 'https://github.com/farm/images/actions/runs/7001'
}

const hostilePlan = releasePlan({
  found: HOSTILE.map(text => ({ label: text, value: text })),
  steps: releasePlan().steps.map((step, index) => ({ ...step, title: HOSTILE[index % HOSTILE.length] ?? '' }))
})

/** What whole runs on the embedded Azure wrote: the transcripts keep it word for word. */
const told: [name: string, markdown: string, diagrams: number][] = [
  ['a fresh run', summaryOf('fresh-run'), 1],
  ['a start task that fails on all nodes', summaryOf('start-task-fails-on-all'), 1],
  ['a drain that is not done in time', summaryOf('drain-timeout'), 1]
]

function summaryOf(transcript: string): string {
  const path = new URL(`../scenario/golden/${transcript}.txt`, import.meta.url)
  return readFileSync(path, 'utf8').split('--- summary ---\n')[1]?.split('\n=== ')[0] ?? ''
}

const made: [name: string, input: SummaryInput, diagrams: number][] = [
  ['a release that succeeds', { plan: releasePlan(), outcome: releaseOutcome(), cloud, run }, 1],
  ['a release that fails', { plan: releasePlan(), outcome: failedOutcome(), cloud, run }, 1],
  ['a dry run', { plan: dryRunPlan(), outcome: dryRunOutcome(), cloud, run }, 0],
  ['130 snapshots', { plan: manyStepsPlan(), outcome: manyStepsOutcome(), cloud, run }, 1],
  ['a run of 27 hours', { plan: releasePlan(), outcome: longOutcome(), cloud, run }, 1],
  ['hostile text everywhere', { plan: hostilePlan, outcome: failedOutcome(), cloud, run }, 1]
]

const pages = [...told, ...made.map(([name, input, diagrams]) => [name, renderSummary(input), diagrams] as const)]

inBrowser('the summary in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser(executablePath ?? '')
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
  })

  test.each(pages)(
    '%s: every diagram is drawn, every table is a table, nothing foreign became markup',
    async (name, markdown, diagrams) => {
      const rendered = await renderPage(browser, markdown)
      await keepScreenshot(rendered.page, name)
      expect(rendered.diagramErrors).toEqual([])
      expect(rendered.diagrams).toBe(diagrams)
      const tables = markdown.split('\n').filter(line => /^\|(?: (?::--|--:) \|)+$/.test(line)).length
      expect(await rendered.page.locator('table').count()).toBe(tables)
      expect(await rendered.page.locator('script, img, iframe, form, input').count()).toBe(1) // Mermaid's own script
      expect(await rendered.page.locator('p:has-text("| :--"), code.language-mermaid').count()).toBe(0)
      expect(await brokenRows(rendered.page)).toEqual([])
      await rendered.page.context().close()
    },
    60_000
  )

  test.each(['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
    'the axis counts from 00:00 in %s',
    async timezoneId => {
      const markdown = renderSummary({ plan: releasePlan(), outcome: releaseOutcome(), cloud, run })
      const { page } = await renderPage(browser, markdown, timezoneId)
      const ticks = await page.locator('.diagram .grid .tick text').allTextContents()
      expect(ticks.at(0)).toMatch(/^00:0\d$/)
      expect(ticks.at(-1)).toBe('00:35')
      await page.context().close()
    },
    60_000
  )

  test('beyond 24 hours the axis names the day', async () => {
    const markdown = renderSummary({ plan: releasePlan(), outcome: longOutcome(), cloud, run })
    const { page } = await renderPage(browser, markdown)
    const ticks = await page.locator('.diagram .grid .tick text').allTextContents()
    expect(ticks.at(-1)).toMatch(/^day 2 0\d:00$/)
    await page.context().close()
  }, 60_000)

  test('steps of no length and a step that is cut off are drawn', async () => {
    const outcome = releaseOutcome({
      endedAt: STARTED_AT,
      steps: [
        { id: 'snapshot-os', status: 'done', startedAt: STARTED_AT, endedAt: STARTED_AT },
        { id: 'scale-pool', status: 'cancelled', startedAt: STARTED_AT }
      ]
    })
    const { page, diagramErrors } = await renderPage(
      browser,
      renderSummary({ plan: releasePlan(), outcome, cloud, run })
    )
    expect(diagramErrors).toEqual([])
    expect(await page.locator('.diagram rect.task').count()).toBe(2)
    await page.context().close()
  }, 60_000)
})

/** Rows whose number of cells isn't that of their table's head. */
async function brokenRows(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('table')].flatMap(table => {
    const width = table.querySelectorAll('thead th').length
    return [...table.querySelectorAll('tbody tr')].filter(row => row.children.length !== width).map(row => row.textContent)
  })`)
}

/** For a person to look at: only where `RENDER_SCREENSHOTS` names a folder. */
async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['RENDER_SCREENSHOTS']
  if (folder === undefined) return
  await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png`, fullPage: true })
}
