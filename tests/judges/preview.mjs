// Goes through a preview by keyboard alone, on desktop and phone, edits the book on the way, and
// prints the problems as JSON: node preview.mjs URL MANIFEST FILE SCREENSHOTS
import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(join(here, '../../target/judges/'))
const puppeteer = require('puppeteer-core')
const AXE = readFileSync(require.resolve('@daisy/axe-core-for-ace/axe.min.js'), 'utf8')

const [url, manifest, file, folder] = process.argv.slice(2)
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true }

const problems = []
const check = (condition, problem) => condition || problems.push(problem)
await mkdir(folder, { recursive: true })
const browser = await puppeteer.launch({ executablePath: join(here, 'chromium') })

const open = async (address, window) => {
    const page = await browser.newPage()
    await page.setViewport(window)
    page.on('pageerror', error => problems.push(`the script fails: ${error.message}`))
    page.on('console', message => message.type() === 'error' && problems.push(message.text()))
    page.on('request', request => {
        const own = request.url().startsWith(address) || /^(data|about):/.test(request.url())
        check(own, `the page requests ${request.url()}`)
    })
    await page.goto(address)
    return page
}
const text = (page, selector) => page.$eval(selector, element => element.textContent)
const current = page => text(page, '#position')
const becomes = async (page, condition, problem, ...rest) => {
    const done = page.waitForFunction(condition, { timeout: 10000, polling: 50 }, ...rest)
    check(await done.catch(() => false), problem)
}
const axe = async (page, state) => {
    // The policy of the page allows no foreign script; that of the debugger is not its own.
    for (const frame of page.frames()) await frame.evaluate(AXE)
    const { violations } = await page.evaluate(() => window.axe.run())
    for (const { id, help, nodes } of violations)
        problems.push(`axe, ${state}: ${id} (${help}): ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')}`)
}

// The labels of what the tab key reaches, in order.
const reached = async page => {
    const labels = []
    for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab')
        const { label, size, outlined } = await page.evaluate(() => {
            const { activeElement: element } = document
            const box = element.getBoundingClientRect()
            const outlined = getComputedStyle(element).outlineStyle !== 'none'
            return { label: element.getAttribute('aria-label') ?? element.textContent.trim(), size: Math.min(box.width, box.height), outlined }
        })
        if (label.startsWith('Page')) break
        labels.push(label)
        check(size >= 24, `the target ${label} has only ${size} px`)
        check(outlined, `the focus is not visible on ${label}`)
    }
    return labels
}

// Presses the button with this label, reached with the tab key.
const toggle = async (page, label) => {
    for (let presses = 0; presses < 400; presses++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(label => document.activeElement.textContent.startsWith(label), label)) {
            await page.keyboard.press('Space')
            return page.evaluate(() => document.activeElement.getAttribute('aria-pressed'))
        }
    }
    problems.push(`the tab key does not reach ${label}`)
}

const byKeyboard = async () => {
    const page = await open(url, DESKTOP)
    const count = await page.$$eval('.spread', spreads => spreads.length)
    const forward = await page.$eval('body', body => body.dataset.binding === 'right') ? 'ArrowLeft' : 'ArrowRight'
    const back = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
    const labels = await page.$$eval('.spread', spreads => spreads.map(spread => spread.getAttribute('aria-label')))
    const press = async (key, expected) => {
        await page.keyboard.press(key)
        check(await current(page) === labels[expected], `after ${key}, ${await current(page)} is shown instead of ${labels[expected]}`)
    }
    await press('End', count - 1)
    await press('Home', 0)
    await press(forward, 1)
    await press('PageDown', 2)
    await press('PageUp', 1)
    await press(back, 0)
    await press(back, 0)
    await press(forward, 1)
    await becomes(page, label => document.querySelector('[role=status]').textContent.includes(label), 'screen readers are not told the spread', labels[1])
    const inside = await page.evaluate(() => {
        const [view, spread] = [document.querySelector('#pages'), document.querySelector('#s1')].map(it => it.getBoundingClientRect())
        return spread.top >= view.top - 1 && spread.bottom <= view.bottom + 1 && spread.left >= view.left - 1 && spread.right <= view.right + 1
    })
    check(inside, 'the spread is not completely in the window')
    // The scaled page fills its box.
    const fits = await page.$eval('.page:not(.empty)', element => {
        const [box, sheet] = [element, element.querySelector('.sheet')].map(it => it.getBoundingClientRect())
        return Math.abs(box.width - sheet.width) < 1 && Math.abs(box.height - sheet.height) < 1
    })
    check(fits, 'a page is not scaled to its box')
    await axe(page, 'at the start')
    for (const label of ['Trim', 'Bleed', 'Safe area', 'Findings', 'E-book']) check(await toggle(page, label) === 'true', `${label} is not switched on`)
    await becomes(page, () => document.querySelector('#ebook iframe').contentDocument?.querySelector('.document'), 'the e-book is not shown')
    await page.waitForNetworkIdle({ idleTime: 300 }).catch(() => {})
    await page.screenshot({ path: join(folder, 'desktop.png') })
    await axe(page, 'with everything shown')
    const broken = await page.$$eval('.spread img', images => images.filter(image => image.complete && !image.naturalWidth).map(image => image.alt))
    check(broken.length === 0, `pictures are not shown: ${broken}`)
    await page.close()
}

// Edits the manifest while the third spread is shown.
const edited = async () => {
    const page = await open(url, DESKTOP)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('PageDown')
    const before = await page.evaluate(() => ({ position: document.querySelector('#position').textContent, top: document.querySelector('#pages').scrollTop }))
    const original = await readFile(manifest, 'utf8')
    await writeFile(manifest, original.replace(/^title:.*$/m, 'title: Another Title'))
    const start = Date.now()
    await becomes(page, () => document.querySelector('h1').textContent === 'Another Title', 'a new title is not shown')
    const after = await page.evaluate(() => ({ position: document.querySelector('#position').textContent, top: document.querySelector('#pages').scrollTop }))
    check(after.position === before.position && Math.abs(after.top - before.top) < 2, `the change is shown at another page: ${JSON.stringify({ before, after })}`)
    console.error(`a change was shown after ${Date.now() - start} ms`)
    await writeFile(manifest, `${original}\npages: [\n`)
    await becomes(page, () => document.querySelector('#problems').textContent.includes('last state without errors'), 'the errors of a broken manifest are not shown')
    check(await page.$$eval('.spread', spreads => spreads.length > 1), 'the last book is not kept')
    await axe(page, 'with errors')
    await page.screenshot({ path: join(folder, 'errors.png') })
    await writeFile(manifest, original)
    await becomes(page, () => !document.querySelector('#problems').textContent, 'the errors stay after they were mended')
    check(await current(page) === before.position, 'the page is lost')
    await page.close()
}

const onAPhone = async () => {
    const page = await open(url, PHONE)
    const position = await current(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    check(!wide, 'the page is wider than a phone')
    // A swipe towards the start of the lines, from the one edge to the other.
    const [from, to] = await page.$eval('body', body => body.dataset.binding === 'right') ? [80, 320] : [320, 80]
    const touch = await page.touchscreen.touchStart(from, 450)
    await touch.move((from + to) / 2, 452)
    await touch.move(to, 452)
    await touch.end()
    await becomes(page, position => document.querySelector('#position').textContent !== position, 'a swipe turns no page', position)
    await axe(page, 'on a phone')
    const labels = await reached(page)
    for (const label of ['Previous spread', 'Next spread', 'Strip']) check(labels.includes(label), `the tab key does not reach ${label} on a phone`)
    await page.screenshot({ path: join(folder, 'phone.png') })
    await page.close()
}

const asFile = async () => {
    const address = pathToFileURL(file).href
    const page = await open(address, DESKTOP)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('PageDown')
    await becomes(page, () => [...document.querySelectorAll('.spread img')].every(image => image.src.startsWith('data:')), 'the file has pictures of others')
    await becomes(page, () => [...document.fonts].some(font => font.status === 'loaded'), 'the file has no fonts')
    await axe(page, 'as a file')
    await page.setJavaScriptEnabled(false)
    await page.goto(address)
    const readable = await page.$$eval('.sheet', sheets => sheets.filter(sheet => sheet.getBoundingClientRect().height > 50).length)
    check(readable > 2, 'the file is not readable without a script')
    await page.screenshot({ path: join(folder, 'without-script.png') })
    await page.close()
}

for (const part of [byKeyboard, edited, onAPhone, asFile]) await part().catch(error => problems.push(`${part.name}: ${error.stack}`))
await browser.close()
console.log(JSON.stringify(problems))
