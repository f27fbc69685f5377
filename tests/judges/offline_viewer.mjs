// Uses the page of an offline edition and its viewer: by keyboard alone, by touch and with the
// mouse, in windows of all sizes. Each function takes a page of puppeteer that shows the edition
// and returns the problems. Alone: node offline_viewer.mjs INDEX.HTML [SCREENSHOTS]
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(join(here, '../../target/judges/'))
const AXE = readFileSync(require.resolve('@daisy/axe-core-for-ace/axe.min.js'), 'utf8')

const WINDOWS = [
    { width: 320, height: 640 },
    { width: 390, height: 844, isMobile: true, hasTouch: true },
    { width: 844, height: 390, isMobile: true, hasTouch: true },
    { width: 768, height: 1024 },
    { width: 1600, height: 900 },
    { width: 2560, height: 1440 },
]
const DESKTOP = { width: 1600, height: 900 }
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true }
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const wait = time => new Promise(done => setTimeout(done, time))
const sizeOf = ({ width, height }) => `${width} × ${height}`

const axe = async (page, state) => {
    await page.evaluate(AXE)
    const { violations } = await page.evaluate(tags => window.axe.run({ preload: false, runOnly: { type: 'tag', values: tags } }), WCAG)
    return violations.map(({ id, help, nodes }) =>
        `axe, ${state}: ${id} (${help}): ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')}`)
}

// Shows the page anew: from its start, with the viewer closed.
const reload = async (page, window, features = []) => {
    await page.setViewport(window)
    await page.emulateMediaFeatures(features)
    const address = page.url().replace(/#.*/, '')
    await page.goto('about:blank')
    await page.goto(address)
}

// What the viewer shows, as a reader sees it.
const stateOf = page => page.evaluate(() => {
    const viewer = document.querySelector('.viewer')
    const images = [...viewer.querySelectorAll('.viewer-stage img')]
    const box = viewer.querySelector('.viewer-slide')?.getBoundingClientRect()
    return {
        open: !viewer.hidden && getComputedStyle(viewer).display !== 'none',
        counter: viewer.querySelector('[role=status]').textContent,
        alts: images.map(image => image.alt),
        widths: images.map(image => image.getBoundingClientRect().width),
        left: box?.left,
        top: box?.top,
        hash: location.hash,
        focused: document.activeElement.closest('.plate')?.id,
    }
})

const plates = page => page.$$eval('.plate', figures => figures.filter(figure => figure.querySelector('.open img')).map(figure => ({
    id: figure.id,
    alt: figure.querySelector('.open img').alt,
    spread: figure.dataset.spread,
    lang: figure.querySelector('figcaption')?.closest('[lang]').lang,
    direction: getComputedStyle(figure.querySelector('figcaption') ?? figure).direction,
    words: figure.querySelector('figcaption')?.textContent,
})))

const open = async (page, id) => {
    await page.focus(`#${id} .open`)
    await page.keyboard.press('Enter')
}
const press = async (page, ...keys) => {
    for (const key of keys) await page.keyboard.press(key)
}

// The page alone: nothing is cut off or too small in any window, and every link leads somewhere.
export const checkPage = async (page, folder) => {
    const problems = []
    for (const window of WINDOWS) {
        for (const scheme of ['light', 'dark']) {
            await reload(page, window, [{ name: 'prefers-color-scheme', value: scheme }])
            const state = `${sizeOf(window)}, ${scheme}`
            problems.push(...await axe(page, state))
            problems.push(...await page.evaluate(state => {
                const problems = []
                const root = document.documentElement
                if (root.scrollWidth > innerWidth) problems.push(`${state}: the page is ${root.scrollWidth - innerWidth} px wider than the window`)
                for (const figure of document.querySelectorAll('.plate')) {
                    const [image, caption] = ['img', 'figcaption'].map(name => figure.querySelector(name)?.getBoundingClientRect())
                    if (image.left < -1 || image.right > innerWidth + 1) problems.push(`${state}: the picture of ${figure.id} is cut off`)
                    if (image.height > innerHeight * 0.9) problems.push(`${state}: the picture of ${figure.id} is higher than the window`)
                    if (!caption) continue
                    if (caption.left < -1 || caption.right > innerWidth + 1) problems.push(`${state}: the caption of ${figure.id} is cut off`)
                    if (caption.top < image.bottom - 1 && caption.right > image.left + 1 && caption.left < image.right - 1) problems.push(`${state}: the caption of ${figure.id} overlaps the picture`)
                }
                for (const link of document.querySelectorAll('nav a, footer a, .plate .open, .skip')) {
                    const box = link.getBoundingClientRect()
                    if (!link.matches('.skip') && Math.min(box.width, box.height) < 24) problems.push(`${state}: the link ${link.textContent || link.hash} is only ${Math.round(box.width)} × ${Math.round(box.height)}`)
                }
                for (const link of document.querySelectorAll('a[href^="#"]'))
                    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) problems.push(`${state}: the link ${link.hash} leads nowhere`)
                return problems
            }, state))
            if (folder) await page.screenshot({ path: join(folder, `page-${window.width}-${scheme}.png`), fullPage: true })
        }
    }
    // A table that is wider than its box is reached and moved by keyboard.
    await reload(page, WINDOWS[0])
    const fixed = await page.$$eval('.table', boxes => boxes.filter(box => box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0).length)
    if (fixed) problems.push(`${fixed} tables cannot be moved by keyboard`)
    return problems
}

// The viewer by keyboard: opening, turning pages, focus, closing.
const byKeyboard = async page => {
    const problems = []
    const check = (condition, problem) => condition || problems.push(problem)
    await reload(page, { width: 768, height: 1024 })
    const all = await plates(page)
    const last = all.length - 1
    const rightToLeft = await page.evaluate(() => (document.body.dataset.binding ?? (document.documentElement.dir === 'rtl' ? 'right' : 'left')) === 'right')
    const [forward, back] = rightToLeft ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft']
    const shows = async (number, after) => {
        const { counter, alts, hash } = await stateOf(page)
        check(counter.startsWith(`${number + 1} / `) && counter.endsWith(` / ${all.length}`), `after ${after}, the counter is ${counter}`)
        check(alts.length === 1 && alts[0] === all[number].alt, `after ${after}, the picture is ${alts} instead of ${all[number].alt}`)
        check(hash === `#${all[number].id}`, `after ${after}, the address ends with ${hash}`)
    }
    check(!(await stateOf(page)).open, 'the viewer is open from the start')
    await open(page, all[0].id)
    check((await stateOf(page)).open, 'Enter does not open the viewer')
    await shows(0, 'Enter')
    const dialog = await page.$eval('.viewer', viewer => ({
        role: viewer.getAttribute('role'),
        modal: viewer.getAttribute('aria-modal'),
        name: (viewer.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent).join(' '),
        inside: viewer.contains(document.activeElement),
    }))
    check(dialog.role === 'dialog' && dialog.modal === 'true', 'the viewer is not a modal dialog')
    check(dialog.name.includes(`1 / ${all.length}`), `the dialog is labelled ${dialog.name}`)
    check(dialog.inside, 'the focus is not in the viewer')
    const steps = [[forward, 1], ['PageDown', 2], ['Space', 3], ['PageUp', 2], [back, 1], ['End', last], [forward, last], ['Home', 0], [back, 0]]
    for (const [key, number] of all.length > 3 ? steps : steps.slice(0, 1)) {
        await press(page, key)
        await shows(number, key)
    }
    await page.keyboard.down('Shift')
    await press(page, 'Space')
    await page.keyboard.up('Shift')
    await shows(0, 'Shift and Space at the start')
    // Other keys and modified ones are the browser's.
    for (const modifier of ['Control', 'Alt', 'Meta']) {
        const before = await page.$eval('.viewer', viewer => viewer.outerHTML)
        await page.evaluate(modifier => {
            for (const [key, keyCode] of [['c', 67], ['z', 90], ['ArrowRight', 39]])
                document.querySelector('.viewer').dispatchEvent(new KeyboardEvent('keydown', { key, keyCode, bubbles: true, [`${modifier === 'Control' ? 'ctrl' : modifier.toLowerCase()}Key`]: true }))
        }, modifier)
        check(await page.$eval('.viewer', viewer => viewer.outerHTML) === before, `keys with ${modifier} are taken from the browser`)
    }
    // The tab key stays in the viewer and reaches all its controls.
    const visible = await page.$$eval('.viewer button, .viewer a', controls => controls.filter(control => control.offsetParent).map(control => control.getAttribute('aria-label') ?? control.textContent))
    const reached = new Set()
    for (const direction of ['forwards', 'backwards']) {
        for (let presses = 0; presses < visible.length + 3; presses++) {
            if (direction === 'backwards') await page.keyboard.down('Shift')
            await press(page, 'Tab')
            await page.keyboard.up('Shift')
            const { inside, label, isControl, outlined, size } = await page.evaluate(() => {
                const { activeElement: element } = document
                const box = element.getBoundingClientRect()
                return {
                    inside: !!element.closest('.viewer'),
                    label: element.getAttribute('aria-label') ?? (element.nodeName === 'A' ? element.textContent : ''),
                    isControl: !!element.getAttribute('aria-label'),
                    outlined: getComputedStyle(element).outlineStyle !== 'none',
                    size: Math.min(box.width, box.height),
                }
            })
            check(inside, `the tab key leaves the viewer ${direction}`)
            if (!label) continue
            reached.add(label)
            check(outlined, `the focus is not visible on ${label}`)
            check(size >= 24 || !isControl, `${label} has only ${size} px`)
        }
    }
    for (const label of visible) check(reached.has(label), `the tab key does not reach ${label}`)
    const behind = await page.evaluate(() => {
        const seen = []
        for (const element of document.querySelectorAll('body > *:not(.viewer) :is(a, button)')) {
            element.focus()
            if (document.activeElement === element) seen.push(element.outerHTML.slice(0, 60))
        }
        return { seen, scrolls: getComputedStyle(document.documentElement).overflowY !== 'hidden' }
    })
    check(behind.seen.length === 0, `the page behind the viewer takes the focus: ${behind.seen.slice(0, 2)}`)
    check(!behind.scrolls, 'the page behind the viewer can be scrolled')
    // A button is pressed with the space bar, and turns no page.
    await page.focus('.viewer-captions')
    await press(page, 'Space')
    check(await page.$eval('.viewer-captions', button => button.getAttribute('aria-pressed')) === 'false', 'the space bar does not press a button')
    await shows(0, 'the space bar on a button')
    await press(page, 'c')
    check(await page.$eval('.viewer-captions', button => button.getAttribute('aria-pressed')) === 'true', 'the key c does not show the captions')
    await press(page, 'End', 'Escape')
    const closed = await stateOf(page)
    check(!closed.open, 'Escape does not close the viewer')
    check(closed.focused === all[last].id, `after closing, the focus is on ${closed.focused} instead of ${all[last].id}`)
    const there = await page.$eval(`#${all[last].id}`, figure => figure.getBoundingClientRect().top < innerHeight && figure.getBoundingClientRect().bottom > 0)
    check(there, 'after closing, the plate shown last is out of the window')
    await press(page, 'c', 'ArrowRight')
    check(!(await stateOf(page)).open, 'a letter opens the viewer')
    // The link of the viewer leads to the plate, and the browser's Back closes the viewer.
    await open(page, all[0].id)
    await press(page, forward)
    await page.click('.viewer-show')
    const shown = await stateOf(page)
    check(!shown.open && shown.focused === all[Math.min(1, last)].id, 'the link of the viewer does not lead to the plate')
    await open(page, all[0].id)
    await page.goBack({ waitUntil: 'domcontentloaded' }).catch(() => {})
    await wait(100)
    check(!(await stateOf(page)).open, 'Back does not close the viewer')
    return problems
}

// Words keep their language and direction, and a long caption does not push the picture away.
const captions = async page => {
    const problems = []
    for (const window of WINDOWS) {
        await reload(page, window)
        const all = await plates(page)
        await open(page, all[0].id)
        await page.$$eval('.viewer-spreads[aria-pressed=true]', buttons => buttons.forEach(button => button.offsetParent && button.click()))
        for (const [number, { alt, words, direction, lang }] of all.slice(0, 40).entries()) {
            const { images, text } = await page.evaluate(() => {
                const caption = document.querySelector('.viewer figcaption')
                const box = element => {
                    const { left, top, right, bottom, width, height } = element.getBoundingClientRect()
                    return { left, top, right, bottom, width, height }
                }
                return {
                    images: [...document.querySelectorAll('.viewer-stage img')].map(box),
                    text: caption && { ...box(caption), words: caption.textContent, direction: getComputedStyle(caption).direction, lang: caption.closest('[lang]').lang },
                }
            })
            const name = `${sizeOf(window)}, plate ${number + 1} (${alt.slice(0, 20)})`
            const [image] = images
            if (text && (text.words !== words || text.direction !== direction || text.lang !== lang)) problems.push(`${name}: the caption has changed`)
            if (image.left < -1 || image.right > window.width + 1 || image.top < -1 || image.bottom > window.height + 1) problems.push(`${name}: the picture is cut off`)
            if (image.width < window.width * 0.4 && image.height < window.height * 0.4) problems.push(`${name}: the picture is only ${Math.round(image.width)} × ${Math.round(image.height)}`)
            if (text && (text.bottom > window.height + 1 || text.right > window.width + 1 || text.left < -1)) problems.push(`${name}: the caption is cut off`)
            await press(page, 'PageDown')
        }
        const { scrollWidth } = await page.evaluate(() => document.documentElement)
        if (scrollWidth > window.width) problems.push(`${sizeOf(window)}: the page behind is ${scrollWidth} px wide`)
    }
    return problems
}

// The double pages: plates that share a spread stand side by side at one height.
const spreads = async page => {
    const problems = []
    const check = (condition, problem) => condition || problems.push(problem)
    await reload(page, DESKTOP)
    const all = await plates(page)
    const pair = all.findIndex(({ spread }, number) => spread && all[number + 1]?.spread === spread)
    await open(page, all[Math.max(pair, 0)].id)
    const button = await page.$eval('.viewer-spreads', button => ({ visible: !!button.offsetParent, pressed: button.getAttribute('aria-pressed') }))
    check(button.visible === pair >= 0, `the button for double pages is ${button.visible ? '' : 'not '}shown`)
    if (pair < 0) return problems
    const pictures = await page.$$eval('.viewer-stage img', images => images.map(image => image.getBoundingClientRect().toJSON()))
    check(pictures.length === 2, `a spread shows ${pictures.length} plates`)
    if (pictures.length === 2) {
        const [first, second] = pictures
        check(Math.abs(first.height - second.height) < 1 && Math.abs(first.bottom - second.bottom) < 1, 'the plates of a spread have other heights')
        const reversed = await page.evaluate(() => (document.body.dataset.binding ?? (document.documentElement.dir === 'rtl' ? 'right' : 'left')) === 'right')
        check(reversed ? first.left > second.right : first.right < second.left, 'the plates of a spread are in the wrong order')
    }
    await page.click('.viewer-spreads')
    const { alts } = await stateOf(page)
    check(alts.length === 1 && alts[0] === all[pair].alt, 'without double pages, the first plate of the spread is not shown alone')
    await page.setViewport({ width: 700, height: 900 })
    await wait(100)
    check((await stateOf(page)).alts.length === 1, 'a narrow window shows a double page')
    return problems
}

const zoomed = async page => {
    const problems = []
    const check = (condition, problem) => condition || problems.push(problem)
    await reload(page, DESKTOP)
    const [first] = await plates(page)
    await open(page, first.id)
    await wait(300)
    const before = await stateOf(page)
    await press(page, 'z')
    const after = await stateOf(page)
    check(after.widths[0] > before.widths[0] * 1.5, 'the key z does not zoom')
    await press(page, 'ArrowRight')
    const moved = await stateOf(page)
    check(moved.left < after.left && moved.counter === after.counter, 'an arrow does not move the enlarged picture')
    await press(page, '0')
    check(Math.abs((await stateOf(page)).widths[0] - before.widths[0]) < 1, 'the key 0 does not end the zoom')
    await press(page, '+')
    check((await stateOf(page)).widths[0] > before.widths[0] * 1.2, 'the key + does not zoom')
    await press(page, '-', '-')
    check(Math.abs((await stateOf(page)).widths[0] - before.widths[0]) < 1, 'the key - does not end the zoom')
    const { x, y } = await page.$eval('.viewer-stage img', image => {
        const box = image.getBoundingClientRect()
        return { x: box.left + box.width * 0.3, y: box.top + box.height * 0.3 }
    })
    await page.mouse.click(x, y, { count: 2 })
    const double = await stateOf(page)
    check(double.widths[0] > before.widths[0] * 1.5, 'a double click does not zoom')
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y, { steps: 3 })
    await page.mouse.up()
    check(Math.abs((await stateOf(page)).left - double.left + 60) < 2, 'the mouse does not drag the enlarged picture')
    return problems
}

const slideShow = async page => {
    const problems = []
    const check = (condition, problem) => condition || problems.push(problem)
    await reload(page, { width: 768, height: 1024 })
    const all = await plates(page)
    if (all.length < 4) return problems
    // A hundred times as fast.
    await page.evaluate(() => {
        const original = window.setTimeout
        window.setTimeout = (action, time) => original(action, time / 100)
    })
    await open(page, all[0].id)
    await press(page, 's')
    const live = () => page.$$eval('.viewer [aria-live]', elements => elements.map(element => element.getAttribute('aria-live')))
    check((await live()).every(value => value === 'off'), 'the slide show is announced plate by plate')
    const running = await page.$eval('.viewer-slide-show', button => button.getAttribute('aria-label') === button.dataset.stop)
    check(running, 'the button of the slide show does not stop it')
    await page.waitForFunction(() => !document.querySelector('.viewer [role=status]').textContent.startsWith('1 '), { timeout: 5000 }).catch(() => problems.push('the slide show does not run'))
    await press(page, 'PageUp')
    const { counter } = await stateOf(page)
    await wait(400)
    check((await stateOf(page)).counter === counter, 'turning a page does not stop the slide show')
    check((await live()).every(value => value === 'polite'), 'the plates are not announced after the slide show')
    await press(page, 'End', 's')
    await wait(400)
    const stopped = await page.$eval('.viewer-slide-show', button => button.getAttribute('aria-label') === button.dataset.start)
    check(stopped, 'the slide show does not end at the last plate')
    return problems
}

// The controls vanish while the mouse rests, unless one of them has the focus.
const controls = async page => {
    const problems = []
    const check = (condition, problem) => condition || problems.push(problem)
    await reload(page, DESKTOP)
    const [first] = await plates(page)
    await page.evaluate(() => {
        const original = window.setTimeout
        window.setTimeout = (action, time) => original(action, time / 30)
    })
    await open(page, first.id)
    const visible = () => page.$eval('.viewer-bar', bar => !bar.closest('.viewer-idle'))
    await wait(300)
    check(await visible(), 'the controls vanish from readers without a mouse')
    await page.mouse.move(500, 500)
    await page.mouse.move(510, 500)
    await wait(300)
    check(!await visible(), 'the controls do not vanish while the mouse rests')
    await page.mouse.move(520, 500)
    check(await visible(), 'the controls do not come back with the mouse')
    await press(page, 'Tab')
    await page.mouse.move(530, 500)
    await wait(300)
    check(await visible(), 'a control vanishes that has the focus')
    return problems
}

const byTouch = async page => {
    const problems = []
    const check = (condition, problem) => condition || problems.push(problem)
    await reload(page, PHONE)
    const all = await plates(page)
    if (all.length < 3) return problems
    const client = await page.createCDPSession()
    const touch = async (type, ...points) => {
        await client.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) })
        await wait(20)
    }
    const swipe = async (from, to) => {
        await touch('touchStart', from)
        for (const part of [0.3, 0.6, 1]) await touch('touchMove', [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part])
        await touch('touchEnd')
    }
    await page.$eval(`#${all[0].id}`, figure => figure.scrollIntoView({ block: 'center' }))
    await page.tap(`#${all[0].id} .open img`)
    await wait(100)
    check((await stateOf(page)).open, 'a tap does not open the viewer')
    const reversed = await page.evaluate(() => (document.body.dataset.binding ?? (document.documentElement.dir === 'rtl' ? 'right' : 'left')) === 'right')
    const [near, far] = reversed ? [[80, 400], [310, 405]] : [[310, 400], [80, 405]]
    await swipe(near, far)
    check((await stateOf(page)).counter.startsWith('2 '), `a swipe shows ${(await stateOf(page)).counter}`)
    await swipe(far, near)
    check((await stateOf(page)).counter.startsWith('1 '), `a swipe back shows ${(await stateOf(page)).counter}`)
    await wait(400)
    const before = await stateOf(page)
    await touch('touchStart', [180, 400], [210, 400])
    for (const spread of [10, 20, 30]) await touch('touchMove', [180 - spread, 400], [210 + spread, 400])
    await touch('touchEnd')
    const pinched = await stateOf(page)
    check(pinched.widths[0] > before.widths[0] * 1.8, 'two fingers do not zoom')
    await swipe([200, 400], [150, 400])
    const dragged = await stateOf(page)
    check(dragged.counter === pinched.counter && Math.abs(dragged.left - pinched.left + 50) < 3, 'a finger does not drag the enlarged picture')
    await touch('touchStart', [100, 400], [300, 400])
    for (const spread of [40, 80]) await touch('touchMove', [100 + spread, 400], [300 - spread, 400])
    await touch('touchEnd')
    check(Math.abs((await stateOf(page)).widths[0] - before.widths[0]) < 2, 'two fingers do not end the zoom')
    const { x, y } = await page.$eval('.viewer-stage img', image => {
        const box = image.getBoundingClientRect()
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    })
    const doubleTap = async () => {
        for (let taps = 0; taps < 2; taps++) {
            await touch('touchStart', [x, y])
            await touch('touchEnd')
        }
    }
    await doubleTap()
    check((await stateOf(page)).widths[0] > before.widths[0] * 1.5, 'a double tap does not zoom')
    await wait(500)
    await doubleTap()
    check(Math.abs((await stateOf(page)).widths[0] - before.widths[0]) < 2, 'a double tap does not end the zoom')
    await swipe([200, 300], [205, 500])
    check(!(await stateOf(page)).open, 'a swipe down does not close the viewer')
    return problems
}

// Turns through the whole book and counts the images that are kept.
const memory = async page => {
    await reload(page, DESKTOP)
    const all = await plates(page)
    await open(page, all[0].id)
    const inPage = await page.$$eval('img', images => images.filter(image => !image.closest('.viewer')).length)
    for (let turns = 0; turns < Math.min(all.length, 60); turns++) await press(page, 'PageDown')
    await wait(1000)
    const prototype = await page.evaluateHandle(() => HTMLImageElement.prototype)
    const objects = await page.queryObjects(prototype)
    const kept = await page.evaluate(images => images.length, objects) - inPage
    // Those of the slide count as well.
    return kept > 6 ? [`the viewer keeps ${kept} images`] : []
}

const accessible = async (page, folder) => {
    const problems = []
    for (const window of WINDOWS) {
        for (const scheme of ['light', 'dark']) {
            await reload(page, window, [{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }])
            const [first] = await plates(page)
            await open(page, first.id)
            problems.push(...await axe(page, `the viewer, ${sizeOf(window)}, ${scheme}`))
            const moving = await page.$eval('.viewer-slide', slide => getComputedStyle(slide).animationName !== 'none')
            if (moving) problems.push('the viewer moves although the reader wants less motion')
            if (folder) await page.screenshot({ path: join(folder, `viewer-${window.width}-${scheme}.png`) })
        }
    }
    return problems
}

// Clicks that mean something else, and what happens without the script.
const unmodified = async page => {
    const problems = []
    await reload(page, DESKTOP)
    const [first] = await plates(page)
    const taken = await page.evaluate(selector => {
        let taken = false
        const last = event => {
            taken = taken || event.defaultPrevented
            event.preventDefault()
        }
        addEventListener('click', last)
        for (const modifier of ['ctrlKey', 'metaKey', 'shiftKey', 'altKey'])
            document.querySelector(selector).dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, [modifier]: true }))
        removeEventListener('click', last)
        return taken
    }, `#${first.id} .open img`)
    if (taken || (await stateOf(page)).open) problems.push('a click with a modifier opens the viewer')
    await page.setJavaScriptEnabled(false)
    await reload(page, DESKTOP)
    const without = await page.evaluate(() => ({
        viewer: !!document.querySelector('.viewer'),
        links: [...document.querySelectorAll('.plate .open')].every(link => link.getAttribute('href')),
        figures: [...document.querySelectorAll('.plate')].every(figure => figure.getBoundingClientRect().height > 50),
    }))
    if (without.viewer) problems.push('without its script, there is an idle viewer')
    if (!without.links || !without.figures) problems.push('without script, a plate is not shown or leads nowhere')
    await page.setJavaScriptEnabled(true)
    return problems
}

// Everything that the viewer does.
export const checkViewer = async (page, folder) => {
    const problems = []
    const failed = error => problems.push(`the script fails: ${error.message}`)
    const logged = message => message.type() === 'error' && problems.push(`console: ${message.text()} ${message.location().url ?? ''}`)
    page.on('pageerror', failed)
    page.on('console', logged)
    const parts = [byKeyboard, captions, spreads, zoomed, slideShow, controls, byTouch, memory, unmodified]
    for (const part of parts)
        problems.push(...await part(page).catch(error => [`${part.name}: ${error.stack}`]))
    problems.push(...await accessible(page, folder).catch(error => [`accessible: ${error.stack}`]))
    page.off('pageerror', failed)
    page.off('console', logged)
    return problems
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [file, folder] = process.argv.slice(2)
    if (folder) await mkdir(folder, { recursive: true })
    const puppeteer = require('puppeteer-core')
    const browser = await puppeteer.launch({ executablePath: join(here, 'chromium') })
    const page = await browser.newPage()
    await page.goto(pathToFileURL(resolve(file)).href)
    const problems = [...await checkPage(page, folder), ...await checkViewer(page, folder)]
    await browser.close()
    console.log(JSON.stringify(problems, null, 1))
    process.exitCode = problems.length ? 1 : 0
}
