// Opens an e-book in foliate-js, a real reading system, on a phone and on a tablet,
// goes through it, and prints what is wrong as JSON: node screens.mjs EBOOK SCREENSHOTS
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const installed = join(here, '../../target/judges/')
const puppeteer = createRequire(installed)('puppeteer-core')

const HOST = 'https://reader.test/'
const DEVICES = { phone: { width: 390, height: 844 }, tablet: { width: 1024, height: 768 } }
const READER = `<!DOCTYPE html><link rel="icon" href="data:,">
<script type="importmap">{ "imports": { "construct-style-sheets-polyfill": "data:text/javascript," } }</script>
<style>html, body, foliate-view { display: block; margin: 0; height: 100% }</style>
<script type="module">
    import './foliate/view.js'
    const view = document.createElement('foliate-view')
    document.body.append(view)
    view.addEventListener('load', ({ detail }) => { window.shown = detail.doc })
    await view.open(new File([await (await fetch('/book.epub')).blob()], 'book.epub'))
    window.view = view
</script>`

// Runs in the reader: shows one section and tells what a reader would miss in it.
const look = async index => {
    await window.view.goTo(index)
    const doc = window.shown
    await doc.fonts.ready
    const faults = []
    for (const image of doc.images) {
        await image.decode().catch(() => {})
        const { width, height } = image.getBoundingClientRect()
        if (!image.naturalWidth) faults.push(`the picture ${image.alt} cannot be decoded`)
        else if (width > innerWidth || height > innerHeight) faults.push(`the picture ${image.alt} is cut off`)
    }
    for (const figure of doc.querySelectorAll('figure'))
        if (figure.getClientRects().length > 1) faults.push('a figure is torn over two screens')
    for (const font of doc.fonts)
        if (font.status === 'error') faults.push(`the font ${font.family} cannot be loaded`)
    if (!doc.body.innerText.trim() && !doc.querySelector('img, svg')) faults.push('there is nothing to see')
    return faults
}

const answer = async (request, ebook) => {
    const path = request.url().replace(HOST, '')
    if (path === '') return { contentType: 'text/html', body: READER }
    if (path === 'book.epub') return { contentType: 'application/epub+zip', body: await readFile(ebook) }
    const file = join(installed, 'node_modules/foliate-js', path.replace('foliate/', ''))
    return { contentType: 'text/javascript', body: await readFile(file) }
}

const read = async (browser, ebook, device, folder) => {
    const faults = []
    const page = await browser.newPage()
    await page.setViewport(DEVICES[device])
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
    await page.waitForFunction(() => window.view, { timeout: 20000 })
    const count = await page.evaluate(() => window.view.book.sections.length)
    for (let index = 0; index < count; index++) {
        const found = await page.evaluate(look, index)
        faults.push(...found.map(fault => `section ${index + 1}: ${fault}`))
        await page.screenshot({ path: join(folder, `${device}-${String(index + 1).padStart(3, '0')}.png`) })
    }
    await page.close()
    return faults.map(fault => `on a ${device}, ${fault}`)
}

const [ebook, folder] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const browser = await puppeteer.launch({ executablePath: join(here, 'chromium') })
const faults = []
for (const device of Object.keys(DEVICES)) faults.push(...await read(browser, ebook, device, folder))
await browser.close()
console.log(JSON.stringify(faults))
