// Opens all sections of an e-book in the reading system foliate-js, in windows from a small phone
// to a large screen and, if it is reflowable, in night mode, in large type and scrolled, and prints
// the problems as JSON: node screens.mjs EBOOK SCREENSHOTS [WINDOW,…]
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const installed = join(here, '../../target/judges/')
const puppeteer = createRequire(installed)('puppeteer-core')

const HOST = 'https://reader.test/'
// The style sheet of reading systems at night: light text on a dark page, unless the book sets
// other colours.
const NIGHT = `@namespace epub "http://www.idpf.org/2007/ops";
    html { color-scheme: dark; background: #121212; color: #e0e0e0 }
    @media (prefers-color-scheme: dark) { html { color: #e0e0e0 } a:any-link { color: lightblue } }`
// Type of 150 % and of 200 % (WCAG 2.2, 1.4.4).
const LARGER = 'html { font-size: 24px }'
const LARGEST = 'html { font-size: 32px }'
const WINDOWS = {
    smallest: { width: 320, height: 480 },
    phone: { width: 390, height: 844 },
    'phone-landscape': { width: 844, height: 390 },
    tablet: { width: 768, height: 1024 },
    desktop: { width: 1400, height: 900 },
    largest: { width: 2560, height: 1440 },
    night: { width: 390, height: 844, style: NIGHT },
    'smallest-largest': { width: 320, height: 480, style: LARGEST },
    'phone-landscape-largest': { width: 844, height: 390, style: LARGEST },
    'desktop-larger': { width: 1400, height: 900, style: LARGER },
    scrolled: { width: 1400, height: 900, scrolls: true },
}
const READER = `<!DOCTYPE html><link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "construct-style-sheets-polyfill": "data:text/javascript," } }</script>
<style>html, body, foliate-view { display: block; margin: 0; height: 100% }</style>
<script type="module">
    import './foliate/view.js'
    const view = document.createElement('foliate-view')
    document.body.append(view)
    window.shown = new Map()
    view.addEventListener('load', ({ detail }) => { window.shown.set(detail.index, detail.doc) })
    await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
    window.view = view
</script>`

// Runs in the page of the reading system: shows one section, or the plate of it with this number,
// and returns its problems and how many plates it has.
const checkSection = async (index, { flows, night, scrolls, number }) => {
    const plateOf = doc => doc.querySelectorAll('.plate')[number]
    const show = () => number === undefined
        ? window.view.goTo(index)
        : window.view.renderer.goTo({ index, anchor: plateOf })
    await show()
    const doc = window.shown.get(index)
    await doc.fonts.ready
    await show()
    const problems = []
    const plates = doc.querySelectorAll('.plate')
    const plate = plateOf(doc)
    for (const image of doc.images) {
        await image.decode().catch(() => {})
        if (!image.naturalWidth) problems.push(`the picture ${image.alt} cannot be decoded`)
    }
    // From pixels of the page to those of the window, because reading systems may scale pages.
    const toWindow = box => {
        const frame = doc.defaultView.frameElement.getBoundingClientRect()
        const scale = frame.width / doc.defaultView.innerWidth
        return {
            left: frame.left + box.left * scale,
            right: frame.left + box.right * scale,
            top: frame.top + box.top * scale,
            bottom: frame.top + box.bottom * scale,
        }
    }
    const boxes = node => {
        const range = doc.createRange()
        range.selectNodeContents(node)
        return [...range.getClientRects()].filter(box => box.width && box.height).map(toWindow)
    }
    const inside = ({ left, right, top, bottom }) =>
        left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1
    const overlap = (a, b) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
    const isFixed = Boolean(doc.querySelector('meta[name="viewport"]'))
    // A picture within a text may be on a later screen, but not divided.
    const isOnFirstScreen = plate && !scrolls || isFixed
    const isWhole = image => {
        const { left, right, top, bottom } = toWindow(image.getBoundingClientRect())
        if (isOnFirstScreen) return inside({ left, right, top, bottom })
        return image.getClientRects().length === 1 && right - left <= innerWidth && bottom - top <= innerHeight
    }
    // In a reflowable book, a picture has at least half the height or the full width of the screen
    // (30 %, if its caption is on the same one), whatever the type size and caption length; only then may a caption continue on other screens.
    const checkPlate = async (figure, words) => {
        const image = figure.querySelector('img')
        const { width, height } = image.getBoundingClientRect()
        const ratio = Math.min(width / image.naturalWidth, height / image.naturalHeight)
        const [shownWidth, shownHeight] = [image.naturalWidth, image.naturalHeight].map(pixels => pixels * ratio)
        // A scrolled page has the height of its content.
        const half = scrolls ? innerHeight / 3 : doc.documentElement.clientHeight / 2
        const fullWidth = doc.body.getClientRects()[0].width
        const problems = []
        // It may be a little smaller to have its whole caption beside it.
        const least = words.every(inside) ? half * 0.6 : half
        if (shownHeight < least - 1 && shownWidth < fullWidth - 1 && ratio < 1)
            problems.push(`the picture ${image.alt} is only ${shownWidth.toFixed()} × ${shownHeight.toFixed()}`)
        if (scrolls || words.every(inside)) return problems
        if (shownHeight > half + 1) problems.push('a caption continues although its picture could be smaller')
        if (!inside(words[0])) problems.push('a caption does not begin on the screen of its picture')
        const unread = new Set(words.keys())
        for (let screen = 0; unread.size && screen < 12; screen++) {
            if (screen) await window.view.next()
            boxes(figure.querySelector('figcaption')).forEach((box, line) => inside(box) && unread.delete(line))
        }
        if (unread.size) problems.push('a caption is not shown completely')
        await show()
        return problems
    }
    for (const image of plate ? plate.querySelectorAll('img') : doc.images)
        if (!isWhole(image)) problems.push(`the picture ${image.alt} is clipped`)
    // Nothing but the plate is in its column.
    const before = plate?.previousElementSibling
    if (before && !scrolls) {
        const [column] = plate.getClientRects()
        const last = [...before.getClientRects()].at(-1)
        if (last.left < column.right && last.right > column.left)
            problems.push(`the plate ${plate.id} does not begin a column`)
    }
    const figures = plate ? [plate.querySelector('figure')] : isFixed ? doc.querySelectorAll('figure') : []
    for (const figure of figures) {
        const caption = figure.querySelector('figcaption')
        const words = caption ? boxes(caption) : []
        const picture = toWindow(figure.querySelector('img').getBoundingClientRect())
        if (flows) {
            problems.push(...await checkPlate(figure, words))
            continue
        }
        if (!words.every(inside)) problems.push('a caption is not completely in the window')
        if (words.some(box => overlap(box, picture))) problems.push('a caption overlaps its picture')
    }
    // In fixed layout, every line is as wide as in print when the browser shapes it.
    for (const line of doc.querySelectorAll('.line')) {
        const expected = parseFloat(line.style.width)
        if (!expected) continue
        if (!boxes(line).every(inside)) problems.push(`the line ${line.textContent} is clipped`)
        const copy = line.cloneNode(true)
        copy.style.width = 'auto'
        line.after(copy)
        // The letter spacing after the last letter is not visible.
        let end = copy
        while (end.lastElementChild && end.lastChild === end.lastElementChild) end = end.lastElementChild
        const trailing = parseFloat(doc.defaultView.getComputedStyle(end).letterSpacing) || 0
        const excess = copy.getBoundingClientRect().width - trailing - expected
        copy.remove()
        if (Math.abs(excess) > 1.5) problems.push(`the line ${line.textContent} is ${excess.toFixed(1)} px too wide`)
    }
    for (const font of doc.fonts)
        if (font.status === 'error') problems.push(`the font ${font.family} cannot be loaded`)
    // The contrast of text with its background (WCAG 2.2, 1.4.3).
    const channels = color => color.match(/[\d.]+/g).map(Number)
    const luminance = ([red, green, blue]) => {
        const [r, g, b] = [red, green, blue].map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const background = element => {
        for (let at = element; at; at = at.parentElement) {
            const color = channels(doc.defaultView.getComputedStyle(at).backgroundColor)
            if (color.length < 4 || color[3] === 1) return color
        }
        return night ? [18, 18, 18] : [255, 255, 255]
    }
    const texts = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode
        if (!text.textContent.trim() || !boxes(text).length) continue
        const color = channels(doc.defaultView.getComputedStyle(text.parentElement).color)
        const [darker, lighter] = [luminance(color), luminance(background(text.parentElement))].sort((a, b) => a - b)
        const contrast = (lighter + 0.05) / (darker + 0.05)
        if (contrast < 4.5)
            problems.push(`“${text.textContent.trim().slice(0, 30)}” has a contrast of ${contrast.toFixed(1)}`)
    }
    const isBlank = !doc.body.innerText.trim() && !doc.querySelector('img, svg')
    if (isBlank && !doc.querySelector('#page')) problems.push('the section is blank')
    return { found: problems, plates: plates.length }
}

const response = async (request, ebook) => {
    const path = request.url().replace(HOST, '')
    if (path === '') return { contentType: 'text/html', body: READER }
    if (path === 'book.epub') return { contentType: 'application/epub+zip', body: await readFile(ebook) }
    const file = join(installed, 'node_modules/foliate-js', path.replace('foliate/', ''))
    return { contentType: 'text/javascript', body: await readFile(file) }
}

const checkWindow = async (browser, ebook, name, folder) => {
    const problems = []
    const page = await browser.newPage()
    await page.setViewport(WINDOWS[name])
    await page.setRequestInterception(true)
    page.on('pageerror', error => problems.push(error.message))
    page.on('console', message => message.type() === 'error' && problems.push(message.text()))
    page.on('request', async request => {
        const url = request.url()
        if (url.startsWith(HOST)) await request.respond(await response(request, ebook))
        else if (/^(blob|data):/.test(url)) await request.continue()
        else {
            problems.push(`the book requests ${url}`)
            await request.abort()
        }
    })
    await page.goto(HOST)
    await page.waitForFunction(() => window.view, { timeout: 60000 })
    const { style, scrolls } = WINDOWS[name]
    const night = style === NIGHT
    const { count, flows } = await page.evaluate((style, night, scrolls) => {
        const { book, renderer } = window.view
        if (night) document.documentElement.style.background = '#121212'
        if (style) renderer.setStyles?.(style)
        if (scrolls) renderer.setAttribute('flow', 'scrolled')
        return { count: book.sections.length, flows: book.rendition?.layout !== 'pre-paginated' }
    }, style, night, scrolls)
    // Reading systems do not change the style of pages in fixed layout.
    if ((style || scrolls) && !flows) return await page.close(), []
    let screen = 0
    const check = async (index, number) => {
        const { found, plates } = await page.evaluate(checkSection, index, { flows, night, scrolls, number })
        problems.push(...found.map(problem => `section ${index + 1}: ${problem}`))
        screen++
        await page.screenshot({ path: join(folder, `${name}-${String(screen).padStart(3, '0')}.png`) })
        return plates
    }
    for (let index = 0; index < count; index++) {
        const plates = await check(index)
        for (let number = 0; number < plates; number++) await check(index, number)
    }
    await page.close()
    return problems.map(problem => `in the window ${name}, ${problem}`)
}

const [ebook, folder, only] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const browser = await puppeteer.launch({ executablePath: join(here, 'chromium') })
const problems = []
const names = only ? only.split(',') : Object.keys(WINDOWS)
for (const name of names) problems.push(...await checkWindow(browser, ebook, name, folder))
await browser.close()
console.log(JSON.stringify(problems))
