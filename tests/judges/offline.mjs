// Opens offline editions from their files, without a network, and prints the problems of each as
// JSON, with the text that it shows: node offline.mjs chromium|firefox TASKS.JSON
//
// A task has the `name` and `file` of an edition, the `folder` that it may read, its `checks`
// (`viewer`, `print`, `many`), and the file for its `screenshot`.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { checkPage, checkViewer } from './offline_viewer.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(join(here, '../../target/judges/'))
const puppeteer = require('puppeteer-core')
const AXE = readFileSync(require.resolve('@daisy/axe-core-for-ace/axe.min.js'), 'utf8')

// A small phone, a tablet, and a desktop (WCAG 2.2, 1.4.10: 320 px without scrolling sideways).
const WINDOWS = [
    { width: 320, height: 640 },
    { width: 768, height: 1024 },
    { width: 1600, height: 900 },
]
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

// Nothing listens at this address.
const NOWHERE = 9
const FIREFOX = {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': NOWHERE,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': NOWHERE,
    'network.proxy.socks': '127.0.0.1',
    'network.proxy.socks_port': NOWHERE,
    'network.dns.disabled': true,
    // puppeteer switches this off, so that one file may read another; readers have it on.
    'security.fileuri.strict_origin_policy': true,
}
const [browserName, tasks] = process.argv.slice(2)
const isFirefox = browserName === 'firefox'
const browser = await puppeteer.launch(isFirefox
    ? { browser: 'firefox', executablePath: '/usr/bin/firefox-esr', extraPrefsFirefox: FIREFOX }
    : { executablePath: join(here, 'chromium'), args: ['--host-resolver-rules=MAP * ~NOTFOUND'] })

// Runs before the page: keeps what the page is not allowed to do and what does not load.
const observe = () => {
    window.faults = []
    addEventListener('securitypolicyviolation', event =>
        window.faults.push(`the policy ${event.violatedDirective} blocks ${event.blockedURI.slice(0, 80)}`))
    addEventListener('error', event => {
        const address = event.target.currentSrc || event.target.src || event.target.href
        window.faults.push(address ? `${address.slice(0, 80)} does not load` : `the script fails: ${event.message}`)
    }, true)
    window.painted = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (entry.element?.closest('.cover')) window.painted = entry.startTime
    }).observe({ type: 'largest-contentful-paint', buffered: true })
}

const open = async ({ file, folder }, found, script = true) => {
    const page = await browser.newPage()
    if (!isFirefox) await page.setOfflineMode(true)
    const own = file.endsWith('.html') && !folder ? pathToFileURL(file).href : `${pathToFileURL(folder).href}/`
    page.on('request', request => {
        const url = request.url()
        if (!/^(data|about):/.test(url) && !decodeURI(url).startsWith(decodeURI(own))) found(`the page requests ${url}`)
    })
    page.on('console', message => {
        if (['error', 'warn', 'warning'].includes(message.type())) found(`console: ${message.text()}`)
    })
    page.on('pageerror', error => found(`the script fails: ${error.message}`))
    if (script) await page.evaluateOnNewDocument(observe)
    else await page.setJavaScriptEnabled(false)
    await page.setViewport(WINDOWS[2])
    await page.goto(pathToFileURL(file).href)
    return page
}

// Shows each picture, as a reader does who scrolls, and returns those that are not there.
const scrollThrough = page => page.evaluate(async () => {
    const broken = []
    for (const image of document.querySelectorAll('main img, header img')) {
        image.scrollIntoView({ block: 'center', behavior: 'instant' })
        const late = new Promise(done => setTimeout(done, 10000))
        while (!image.complete && await Promise.race([late.then(() => 0), new Promise(done => setTimeout(() => done(1), 20))]));
        if (!image.naturalWidth) broken.push(image.id || image.alt || image.getAttribute('src').slice(0, 80))
    }
    scrollTo(0, 0)
    return broken
})

const axe = async (page, state, found) => {
    await page.evaluate(AXE)
    // What axe would load in advance, the policy of the page forbids.
    const { violations } = await page.evaluate(tags => window.axe.run({ preload: false, runOnly: { type: 'tag', values: tags } }), WCAG)
    for (const { id, help, nodes } of violations)
        found(`axe, ${state}: ${id} (${help}): ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')}`)
}

const inWindows = async (page, state, found) => {
    for (const window of WINDOWS) {
        await page.setViewport(window)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        if (wide > 0) found(`${window.width} px, ${state}: the page is ${wide} px wider than the window`)
        await axe(page, `${window.width} px, ${state}`, found)
    }
}

// The text of the book that a reader sees, a line for each paragraph.
const shownText = page => page.evaluate(() => {
    const lines = []
    let block = null
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement
        if (parent.closest('script, style, template, footer, .skip, .viewer') || !parent.getClientRects().length) continue
        const around = parent.closest('p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, pre, figcaption, div, section')
        if (around === block) lines[lines.length - 1] += node.data
        else lines.push(node.data)
        block = around
    }
    return lines.map(line => line.trim()).filter(line => line)
})

const fonts = page => page.evaluate(async () => {
    await document.fonts.ready
    const faces = [...document.fonts].filter(face => face.status !== 'unloaded')
    const failed = faces.filter(face => face.status !== 'loaded').map(face => `${face.family} ${face.style} ${face.weight}`)
    return { loaded: faces.length - failed.length, failed }
})

// The memory of the processes that show pages, in bytes.
const memory = async () => {
    const session = await browser.target().createCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const renderers = processInfo.filter(({ type }) => type === 'renderer')
    const resident = ({ id }) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))[1]) * 1024
    return Math.max(...renderers.map(resident))
}

const examine = async task => {
    const problems = []
    const found = problem => problems.includes(problem) || problems.push(problem)
    const checks = task.checks ?? []
    const page = await open(task, found)
    const result = { name: task.name, problems, numbers: {} }
    if (checks.includes('many')) {
        await page.waitForFunction(() => window.painted, { timeout: 5000 }).catch(() => found('the cover is not painted'))
        result.numbers.painted = await page.evaluate(() => Math.round(window.painted))
    }
    const broken = await scrollThrough(page)
    if (broken.length) found(`${broken.length} pictures are not shown: ${broken.slice(0, 3).join(', ')}`)
    if (checks.includes('many')) {
        result.numbers.memory = await memory()
        await page.close()
        return result
    }
    const { loaded, failed } = await fonts(page)
    if (!loaded) found('no font is loaded')
    if (failed.length) found(`fonts do not load: ${failed.join(', ')}`)
    result.text = await shownText(page)
    if (task.screenshot) await page.screenshot({ path: task.screenshot })
    await inWindows(page, 'with script', found)
    for (const fault of await page.evaluate(() => window.faults)) found(fault)
    if (checks.includes('print')) await page.pdf({ path: task.print, format: 'A4', printBackground: true })
    if (checks.includes('viewer')) {
        for (const problem of [...await checkPage(page), ...await checkViewer(page)]) found(problem)
    }
    await page.close()

    // axe needs scripts, so it looks at a copy of the page without its own. The other browser has
    // the same page open at the same time, and a copy of its own.
    const copy = `${task.file.slice(0, -5)}-without-script-${isFirefox ? 'firefox' : 'chromium'}.html`
    await writeFile(copy, readFileSync(task.file, 'utf8').replace(/<script[\s>][^]*?<\/script>/g, ''))
    const still = await open({ ...task, file: copy }, found)
    await inWindows(still, 'without script', found)
    for (const fault of await still.evaluate(() => window.faults)) found(fault)
    await still.close()
    await rm(copy)
    // Firefox cannot switch scripts off from outside.
    if (!isFirefox) {
        const off = await open(task, found, false)
        const missing = await missingWithoutScript(off)
        if (missing.length) found(`without script, ${missing.length} pictures are not shown: ${missing.slice(0, 3).join(', ')}`)
        await off.close()
    }
    return result
}

// Without script, browsers load all pictures at once.
const missingWithoutScript = async page => {
    const images = () => [...document.images].filter(image => !image.naturalWidth).map(image => image.alt)
    for (let attempt = 0; attempt < 100; attempt++) {
        if (!(await page.evaluate(images)).length) return []
        await new Promise(done => setTimeout(done, 100))
    }
    return page.evaluate(images)
}

// Whether this browser separates files as those of readers do: a page must not read another one.
const separatesFiles = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recto-files-'))
    await writeFile(join(folder, 'other.html'), '<!DOCTYPE html><title>Other</title><p>secret')
    await writeFile(join(folder, 'page.html'), '<!DOCTYPE html><title>Page</title><iframe src="other.html"></iframe>')
    const page = await browser.newPage()
    await page.goto(pathToFileURL(join(folder, 'page.html')).href)
    const text = await page.evaluate(() => {
        try {
            return document.querySelector('iframe').contentDocument?.body?.textContent ?? ''
        } catch {
            return ''
        }
    })
    await page.close()
    await rm(folder, { recursive: true })
    return !text.includes('secret')
}

const results = []
if (!await separatesFiles()) results.push({ name: browserName, problems: ['a page may read another file, so this browser proves nothing'], numbers: {} })
for (const task of JSON.parse(readFileSync(tasks, 'utf8'))) {
    const start = Date.now()
    results.push(await examine(task).catch(error => ({ name: task.name, problems: [`${error.stack}`], numbers: {} })))
    results.at(-1).numbers.seconds = (Date.now() - start) / 1000
}
await browser.close()
console.log(JSON.stringify(results))
