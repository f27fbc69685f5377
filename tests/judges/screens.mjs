// Opens an e-book in foliate-js, a real reading system, in windows from a small phone's to a
// large screen's, by day and, where text flows, by night, in large type and scrolled, goes through it,
// and prints what is wrong as JSON: node screens.mjs EBOOK SCREENSHOTS [WINDOW,…]
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const installed = join(here, '../../target/judges/')
const puppeteer = createRequire(installed)('puppeteer-core')

const HOST = 'https://reader.test/'
// What reading systems ask for at night: a dark page and light words, wherever a book does
// not insist on others.
const NIGHT = `@namespace epub "http://www.idpf.org/2007/ops";
    html { color-scheme: dark; background: #121212; color: #e0e0e0 }
    @media (prefers-color-scheme: dark) { html { color: #e0e0e0 } a:any-link { color: lightblue } }`
// And for type of half as much again, or of twice the usual size (WCAG 2.2, 1.4.4).
const LARGER = 'html { font-size: 24px }'
const LARGEST = 'html { font-size: 32px }'
const WINDOWS = {
    least: { width: 320, height: 480 },
    phone: { width: 390, height: 844 },
    turned: { width: 844, height: 390 },
    tablet: { width: 768, height: 1024 },
    desk: { width: 1400, height: 900 },
    most: { width: 2560, height: 1440 },
    night: { width: 390, height: 844, style: NIGHT },
    'least-largest': { width: 320, height: 480, style: LARGEST },
    'turned-largest': { width: 844, height: 390, style: LARGEST },
    'desk-larger': { width: 1400, height: 900, style: LARGER },
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

// Runs in the reader: shows one section and tells what a reader would miss in it.
const look = async (index, { flows, night, scrolls }) => {
    await window.view.goTo(index)
    const doc = window.shown.get(index)
    await doc.fonts.ready
    const faults = []
    for (const image of doc.images) {
        await image.decode().catch(() => {})
        if (!image.naturalWidth) faults.push(`the picture ${image.alt} cannot be decoded`)
    }
    // From the page's pixels to the window's: a reader may scale and turn what it shows.
    const seen = box => {
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
        return [...range.getClientRects()].filter(box => box.width && box.height).map(seen)
    }
    const inside = ({ left, right, top, bottom }) =>
        left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1
    const meet = (a, b) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
    const isPlate = doc.body.classList.contains('plate') || doc.querySelector('.line')
    // A picture within a text may be on a later screen page, whole.
    const stays = isPlate && !scrolls || doc.querySelector('meta[name="viewport"]')
    const isWhole = image => {
        const { left, right, top, bottom } = seen(image.getBoundingClientRect())
        if (stays) return inside({ left, right, top, bottom })
        return image.getClientRects().length === 1 && right - left <= innerWidth && bottom - top <= innerHeight
    }
    // Where text flows, a picture has half of the screen or its whole width at least, however
    // large the type and long the caption; only then does a caption run on to other screens.
    const ofPlate = async (figure, words) => {
        const image = figure.querySelector('img')
        const { width, height } = image.getBoundingClientRect()
        const ratio = Math.min(width / image.naturalWidth, height / image.naturalHeight)
        const [across, down] = [image.naturalWidth, image.naturalHeight].map(pixels => pixels * ratio)
        // A page that is scrolled has the height of what stands on it.
        const half = scrolls ? innerHeight / 3 : doc.documentElement.clientHeight / 2
        const room = doc.body.getClientRects()[0].width
        const faults = []
        if (down < half - 1 && across < room - 1 && ratio < 1)
            faults.push(`the picture ${image.alt} is only ${across.toFixed()} × ${down.toFixed()}`)
        if (scrolls || words.every(inside)) return faults
        if (down > half + 1) faults.push('a caption runs on that its picture had room for')
        if (!inside(words[0])) faults.push('a caption does not begin with its picture')
        const unread = new Set(words.keys())
        for (let turns = 0; unread.size && turns < 12; turns++) {
            if (turns) await window.view.next()
            boxes(figure.querySelector('figcaption')).forEach((box, line) => inside(box) && unread.delete(line))
        }
        if (unread.size) faults.push('a caption is on no screen wholly')
        await window.view.goTo(index)
        return faults
    }
    for (const image of doc.images)
        if (!isWhole(image)) faults.push(`the picture ${image.alt} is cut off`)
    for (const figure of isPlate ? doc.querySelectorAll('figure') : []) {
        const caption = figure.querySelector('figcaption')
        const words = caption ? boxes(caption) : []
        const picture = seen(figure.querySelector('img').getBoundingClientRect())
        if (flows) {
            faults.push(...await ofPlate(figure, words))
            continue
        }
        if (!words.every(inside)) faults.push('a caption is not wholly in the window')
        if (words.some(box => meet(box, picture))) faults.push('a caption lies over its picture')
    }
    // In fixed layout every line is as wide as it is in print, by the browser's own shaping.
    for (const line of doc.querySelectorAll('.line')) {
        const wanted = parseFloat(line.style.width)
        if (!wanted) continue
        if (!boxes(line).every(inside)) faults.push(`the line ${line.textContent} is cut off`)
        const copy = line.cloneNode(true)
        copy.style.width = 'auto'
        line.after(copy)
        // What stands behind the last letter is not seen.
        let end = copy
        while (end.lastElementChild && end.lastChild === end.lastElementChild) end = end.lastElementChild
        const behind = parseFloat(doc.defaultView.getComputedStyle(end).letterSpacing) || 0
        const off = copy.getBoundingClientRect().width - behind - wanted
        copy.remove()
        if (Math.abs(off) > 1.5) faults.push(`the line ${line.textContent} is ${off.toFixed(1)} px too wide`)
    }
    for (const font of doc.fonts)
        if (font.status === 'error') faults.push(`the font ${font.family} cannot be loaded`)
    // Words that cannot be read before what is behind them (WCAG 2.2, 1.4.3), by day or night.
    const channels = color => color.match(/[\d.]+/g).map(Number)
    const light = ([red, green, blue]) => {
        const [r, g, b] = [red, green, blue].map(value => value / 255)
            .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const behind = element => {
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
        const before = channels(doc.defaultView.getComputedStyle(text.parentElement).color)
        const [less, more] = [light(before), light(behind(text.parentElement))].sort((a, b) => a - b)
        const contrast = (more + 0.05) / (less + 0.05)
        if (contrast < 4.5)
            faults.push(`“${text.textContent.trim().slice(0, 30)}” has a contrast of ${contrast.toFixed(1)}`)
    }
    const isBlank = !doc.body.innerText.trim() && !doc.querySelector('img, svg')
    if (isBlank && !doc.querySelector('#page')) faults.push('there is nothing to see')
    return faults
}

const answer = async (request, ebook) => {
    const path = request.url().replace(HOST, '')
    if (path === '') return { contentType: 'text/html', body: READER }
    if (path === 'book.epub') return { contentType: 'application/epub+zip', body: await readFile(ebook) }
    const file = join(installed, 'node_modules/foliate-js', path.replace('foliate/', ''))
    return { contentType: 'text/javascript', body: await readFile(file) }
}

const read = async (browser, ebook, name, folder) => {
    const faults = []
    const page = await browser.newPage()
    await page.setViewport(WINDOWS[name])
    await page.setRequestInterception(true)
    page.on('pageerror', error => faults.push(error.message))
    page.on('console', message => message.type() === 'error' && faults.push(message.text()))
    page.on('request', async request => {
        const url = request.url()
        if (url.startsWith(HOST)) await request.respond(await answer(request, ebook))
        else if (/^(blob|data):/.test(url)) await request.continue()
        else {
            faults.push(`the book asks for ${url}`)
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
    // A page that is laid out stays as it is printed: reading systems leave it alone.
    if ((style || scrolls) && !flows) return await page.close(), []
    for (let index = 0; index < count; index++) {
        const found = await page.evaluate(look, index, { flows, night, scrolls })
        faults.push(...found.map(fault => `section ${index + 1}: ${fault}`))
        await page.screenshot({ path: join(folder, `${name}-${String(index + 1).padStart(3, '0')}.png`) })
    }
    await page.close()
    return faults.map(fault => `in the window ${name}, ${fault}`)
}

const [ebook, folder, only] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const browser = await puppeteer.launch({ executablePath: join(here, 'chromium') })
const faults = []
const names = only ? only.split(',') : Object.keys(WINDOWS)
for (const name of names) faults.push(...await read(browser, ebook, name, folder))
await browser.close()
console.log(JSON.stringify(faults))
