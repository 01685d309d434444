/** A job summary as GitHub's page would show it: Markdown to HTML, diagrams drawn by Mermaid itself in a real browser. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { marked } from 'marked'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of a browser on this machine, or undefined. */
export function browserPath(): string | undefined {
  for (const name of BROWSERS) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    } catch {
      // not this one
    }
  }
  return undefined
}

export async function openBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

const STYLE = `
  body { font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; max-width: 980px; margin: 24px auto; }
  h2 { border-bottom: 1px solid #d1d9e0b3; padding-bottom: .3em; } h3 { margin: 24px 0 12px; font-size: 1.25em; }
  table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto; margin-bottom: 16px; }
  th, td { border: 1px solid #d1d9e0; padding: 6px 13px; } tr:nth-child(2n) { background: #f6f8fa; }
  code { background: #818b981f; border-radius: 6px; padding: .2em .4em; font: 85% ui-monospace, SFMono-Regular, "Liberation Mono", monospace; }
  a { color: #0969da; text-decoration: none; } pre { background: #f6f8fa; padding: 16px; overflow: auto; } pre code { background: none; padding: 0; }`

const mermaidBundle = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js'), 'utf8')

export function htmlOf(markdown: string): string {
  return marked.parse(markdown, { gfm: true, async: false })
}

export type Rendered = {
  page: Page
  /** Number of diagrams drawn, and the errors of those that weren't. */
  diagrams: number
  diagramErrors: string[]
}

/** @param timezoneId of the browser: Mermaid reads and writes local time. */
export async function renderPage(browser: Browser, markdown: string, timezoneId = 'UTC'): Promise<Rendered> {
  const context = await browser.newContext({ timezoneId, viewport: { width: 1060, height: 800 } })
  const page = await context.newPage()
  await page.route('**/*', route => route.abort())
  await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style><body>${htmlOf(markdown)}`)
  await page.addScriptTag({ content: mermaidBundle() })
  const result = await page.evaluate<{ diagrams: number; diagramErrors: string[] }>(DRAW)
  return { page, ...result }
}

/** Runs in the page: replaces each Mermaid block with its drawing. */
const DRAW = `(async () => {
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })
  const diagramErrors = []
  let diagrams = 0
  for (const code of document.querySelectorAll('code.language-mermaid')) {
    try {
      const { svg } = await mermaid.render('diagram' + diagrams, code.textContent)
      const box = document.createElement('section')
      box.className = 'diagram'
      box.innerHTML = svg
      code.parentElement.replaceWith(box)
      diagrams += 1
    } catch (error) {
      diagramErrors.push(String(error))
    }
  }
  return { diagrams, diagramErrors }
})()`

/** The Mermaid blocks of a page of Markdown. */
export function diagramsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map(match => match[1] ?? '')
}
