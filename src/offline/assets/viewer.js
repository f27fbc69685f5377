// The viewer of the offline edition: shows the plates in the whole window, one by one or as the
// spreads of the book. Its words are in the page's template. Without this script, a plate is a
// link to its largest picture. For browsers since 2016.
(function () {
'use strict'

const root = document.documentElement
const body = document.body
const all = (selector, within) => Array.from((within || document).querySelectorAll(selector))
const closest = (element, selector) => {
    while (element && !(element.matches && element.matches(selector))) element = element.parentNode
    return element
}

// A table that is wider than its box can be moved by keyboard.
const focusIfScrolled = box => {
    if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0
    else box.removeAttribute('tabindex')
}
const tables = () => all('.table').forEach(focusIfScrolled)
tables()
addEventListener('resize', tables)
// Some browsers print only the pictures that were scrolled to.
addEventListener('beforeprint', () => all('img').forEach(image => { image.loading = 'eager' }))

const plates = all('.plate').filter(plate => plate.querySelector('.open img'))
const template = document.getElementById('viewer')
if (!template || !template.content || !plates.length) return
body.appendChild(document.importNode(template.content, true))
const viewer = all('.viewer')[0]
const find = name => all('.viewer-' + name, viewer)[0]
const stage = find('stage')
const counter = find('counter')
viewer.hidden = true

// Whether the pages follow one another from right to left.
const reversed = (body.getAttribute('data-binding') || (root.dir === 'rtl' && 'right')) === 'right'
viewer.classList.toggle('viewer-reversed', reversed)

// What is shown at a time: one plate, or those of an opening of the book.
const singles = plates.map(plate => [plate])
const pairs = []
plates.forEach(plate => {
    const last = pairs[pairs.length - 1]
    const spread = plate.getAttribute('data-spread')
    if (last && last.length < 2 && spread && spread === last[0].getAttribute('data-spread')) last.push(plate)
    else pairs.push([plate])
})

let current            // the first plate shown
let shown = []         // the parts of the slide: { image, caption, shape }
let slide
let images = []        // the images shown and their neighbours
let captions = true
let spreads = true
let timer = 0          // of the slide show, while it runs
let idle
let zoom = 1
let pan = { x: 0, y: 0 }

const isWide = () => pairs.length < plates.length && innerHeight >= 480 && innerWidth > Math.max(800, innerHeight * 1.2)
const units = () => spreads && isWide() ? pairs : singles
const position = () => units().findIndex(unit => unit.indexOf(current) >= 0)
const press = (name, on) => find(name).setAttribute('aria-pressed', on)
const pictureOf = plate => plate.querySelector('.open img')
const shapeOf = image => image.getAttribute('width') / image.getAttribute('height') || 1

// Few images are kept, so that a book of any length needs little memory.
const imageOf = plate => {
    const kept = images.find(image => image.plate === plate)
    if (kept) return kept
    const image = pictureOf(plate).cloneNode(false)
    image.plate = plate
    image.removeAttribute('loading')
    image.draggable = false
    image.sizes = Math.ceil(Math.min(innerWidth, innerHeight * shapeOf(image))) + 'px'
    return image
}

// Applies zoom and position. The slide is not moved out of the window.
const move = (dx, dy) => {
    const limit = (value, side) => {
        const room = Math.max(0, (slide['offset' + side] * zoom - stage['client' + side]) / 2)
        return Math.max(-room, Math.min(room, value))
    }
    pan = { x: limit(pan.x, 'Width'), y: limit(pan.y, 'Height') }
    slide.style.transform = `translate(${pan.x + (dx || 0)}px, ${pan.y + (dy || 0)}px) scale(${zoom})`
    viewer.classList.toggle('viewer-zoomed', zoom > 1)
    press('zoom', zoom > 1)
}

// Gives the pictures shown one height, as large as the window and their captions permit.
const fit = () => {
    const em = parseFloat(getComputedStyle(stage).fontSize)
    const width = stage.clientWidth
    const height = stage.clientHeight
    const hasWords = captions && shown.some(part => part.caption)
    const beside = hasWords && shown.length < 2 && width > 1.2 * height &&
        (height < 26 * em || width > 50 * em && body.classList.contains('captions-facing'))
    viewer.classList.toggle('viewer-beside', beside)
    viewer.classList.toggle('viewer-mute', !hasWords)
    const column = beside ? Math.min(16 * em, width * 0.3) : 0
    const room = width - (beside ? column + 2 * em : 2 * em * (shown.length - 1))
    const shapes = shown.reduce((sum, part) => sum + part.shape, 0)
    const pixels = shown.map(part => part.image.getAttribute('height') * 1.5)
    const most = Math.min(height, room / shapes, ...pixels)
    let high = most
    // A lower picture is narrower, and its caption may need more lines.
    for (let pass = 0; pass < 4; pass++) {
        let below = 0
        shown.forEach(({ image, caption, shape }) => {
            image.style.width = high * shape + 'px'
            image.style.height = high + 'px'
            if (!caption || !hasWords) return
            caption.style.width = (column || Math.max(high * shape, Math.min(18 * em, room / shown.length))) + 'px'
            caption.style.maxHeight = (beside ? high : height * 0.35) + 'px'
            if (!beside) below = Math.max(below, caption.offsetHeight + em)
            focusIfScrolled(caption)
        })
        if (pass < 3) high = Math.min(most, height - below)
    }
    move()
}

const stop = () => { if (timer) play(false) }

// Zooms about a point of the window, or about its middle.
const zoomTo = (value, x, y) => {
    stop()
    const box = stage.getBoundingClientRect()
    const left = x === undefined ? 0 : x - box.left - box.width / 2
    const top = x === undefined ? 0 : y - box.top - box.height / 2
    const next = value < 1.05 ? 1 : Math.min(value, 8)
    pan = { x: left - (left - pan.x) * next / zoom, y: top - (top - pan.y) * next / zoom }
    zoom = next
    shown.forEach(({ image }) => { image.sizes = Math.ceil(image.offsetWidth * zoom) + 'px' })
    move()
}
const toggleZoom = (x, y) => zoomTo(zoom > 1 ? 1 : 2.5, x, y)

const show = unit => {
    current = unit[0]
    const list = units()
    const at = position()
    images = unit.concat(list[at + 1] || [], list[at - 1] || []).slice(0, 5).map(imageOf)
    zoom = 1
    pan = { x: 0, y: 0 }
    stage.textContent = ''
    slide = stage.appendChild(document.createElement('div'))
    slide.className = 'viewer-slide'
    shown = unit.map((plate, index) => {
        const figure = slide.appendChild(document.createElement('figure'))
        const image = figure.appendChild(images[index])
        const words = plate.querySelector('figcaption')
        const caption = words && figure.appendChild(words.cloneNode(true))
        if (caption) {
            caption.dir = getComputedStyle(words).direction
            all('[id]', caption).forEach(element => element.removeAttribute('id'))
        }
        image.classList.toggle('viewer-loading', !image.complete)
        image.onload = image.onerror = () => image.classList.remove('viewer-loading')
        return { image, caption, shape: shapeOf(image) }
    })
    counter.textContent = unit.map(plate => plates.indexOf(plate) + 1).join('–') + ' / ' + plates.length
    find('previous').setAttribute('aria-disabled', at === 0)
    find('next').setAttribute('aria-disabled', at === list.length - 1)
    find('spreads').hidden = !isWide()
    find('show').href = '#' + current.id
    // Browsers may forbid this to files.
    try { history.replaceState(history.state, '', '#' + current.id) } catch (error) { /* no address, then */ }
    fit()
}

const turn = step => {
    stop()
    const list = units()
    const unit = list[Math.max(0, Math.min(list.length - 1, position() + step))]
    if (unit.indexOf(current) < 0) show(unit)
    else move()
}

// The slide show. Plates with many words stay longer.
const play = on => {
    clearTimeout(timer)
    timer = 0
    if (on) timer = setTimeout(() => {
        const next = units()[position() + 1]
        if (!next) return play(false)
        if (shown.every(part => part.image.complete)) show(next)
        play(true)
    }, 5000 + Math.min(9000, 45 * slide.textContent.length))
    const button = find('slide-show')
    button.title = button.getAttribute(on ? 'data-stop' : 'data-start')
    button.setAttribute('aria-label', button.title)
    viewer.classList.toggle('viewer-playing', on)
    ;[stage, counter].forEach(live => live.setAttribute('aria-live', on ? 'off' : 'polite'))
}

const fullElement = () => document.fullscreenElement || document.webkitFullscreenElement
const canFill = document.fullscreenEnabled || document.webkitFullscreenEnabled
const fullScreen = () => {
    if (!canFill) return
    const done = fullElement()
        ? (document.exitFullscreen || document.webkitExitFullscreen).call(document)
        : (viewer.requestFullscreen || viewer.webkitRequestFullscreen).call(viewer)
    if (done) done.catch(() => {})
}
const filled = () => press('full-screen', !!fullElement())
document.addEventListener('fullscreenchange', filled)
document.addEventListener('webkitfullscreenchange', filled)
find('full-screen').hidden = !canFill

// The rest of the page is neither seen nor reached while the viewer is open. (Where there is no
// `inert`, the stylesheet makes it invisible, which is as good.)
const setOpen = on => {
    viewer.hidden = !on
    root.classList.toggle('viewing', on)
    Array.from(body.children).forEach(element => { if (element !== viewer) element.inert = on })
}

const open = plate => {
    setOpen(true)
    // The browser's Back closes the viewer.
    try { history.pushState(null, '', '#' + plate.id) } catch (error) { /* not for files here */ }
    current = plate
    press('spreads', spreads)
    show(units()[position()])
    viewer.focus()
}

// Goes back to the link of the plate shown last.
const close = stays => {
    stop()
    if (fullElement()) fullScreen()
    setOpen(false)
    stage.textContent = ''
    images = []
    current.querySelector('.open').focus({ preventScroll: true })
    const { top, bottom } = current.getBoundingClientRect()
    if (stays !== true && (top < 0 || bottom > innerHeight)) current.scrollIntoView()
}

const actions = {
    previous: () => turn(-1),
    next: () => turn(1),
    zoom: () => toggleZoom(),
    close,
    show: close,
    'full-screen': fullScreen,
    'slide-show': () => play(!timer),
    captions: () => {
        captions = !captions
        press('captions', captions)
        fit()
    },
    spreads: () => {
        spreads = !spreads
        press('spreads', spreads)
        show(units()[position()])
    },
}

document.addEventListener('click', event => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const control = closest(event.target, '.viewer button, .viewer-show')
    const link = closest(event.target, '.plate .open')
    if (!control && !link) return
    event.preventDefault()
    if (link) open(closest(link, '.plate'))
    else if (control.getAttribute('aria-disabled') !== 'true') actions[control.className.slice(7)]()
})

// Codes and not names, so that letters are the same keys in every alphabet.
const pull = (x, y) => {
    pan = { x: pan.x - 80 * x, y: pan.y - 80 * y }
    move()
}
const across = step => {
    if (zoom > 1) pull(step, 0)
    else turn(reversed ? -step : step)
}
const keys = {
    27: close,
    32: event => turn(event.shiftKey ? -1 : 1),
    33: actions.previous,
    34: actions.next,
    35: () => turn(plates.length),
    36: () => turn(-plates.length),
    37: () => across(-1),
    38: () => pull(0, -1),
    39: () => across(1),
    40: () => pull(0, 1),
    48: () => zoomTo(1),
    67: actions.captions,
    70: fullScreen,
    83: actions['slide-show'],
    90: actions.zoom,
    107: () => zoomTo(zoom * 1.5),
    109: () => zoomTo(zoom / 1.5),
}
const same = { 96: 48, 61: 107, 187: 107, 173: 109, 189: 109 }

viewer.addEventListener('keydown', event => {
    wake()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const code = event.key === '+' ? 107 : event.key === '-' ? 109 : same[event.keyCode] || event.keyCode
    if (code === 9) {
        const reached = all('button, a[href], [tabindex="0"]', viewer).filter(element => element.offsetParent)
        const at = reached.indexOf(event.target)
        const next = event.shiftKey ? (at > 0 ? at : reached.length) - 1 : (at + 1) % reached.length
        reached[next].focus()
    } else {
        // Space is for the button that has the focus; up and down scroll a long caption.
        if (!keys[code] || code === 32 && event.target !== viewer || zoom === 1 && (code === 38 || code === 40)) return
        keys[code](event)
    }
    event.preventDefault()
})

// The controls vanish while a mouse rests, never for those who use keys or touch.
const wake = event => {
    clearTimeout(idle)
    viewer.classList.remove('viewer-idle')
    if (event) idle = setTimeout(() => viewer.classList.add('viewer-idle'), 3000)
}
viewer.addEventListener('mousemove', wake)

// Swipe, pinch and double tap; with a mouse, drag and double click.
let gesture
let tap = { time: 0 }
const listen = (target, type, action) => target.addEventListener(type, action, { passive: false })
const begin = points => {
    const [a, b] = [points[0], points[1] || points[0]]
    const from = { x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2 }
    from.distance = Math.sqrt(Math.pow(a.clientX - b.clientX, 2) + Math.pow(a.clientY - b.clientY, 2))
    return { from, pan, zoom, count: points.length, x: 0, y: 0 }
}
const drag = points => {
    const now = begin(points).from
    if (points.length !== gesture.count) gesture = begin(points)
    gesture.x = now.x - gesture.from.x
    gesture.y = now.y - gesture.from.y
    const far = Math.abs(gesture.x) > Math.abs(gesture.y)
    if (gesture.count > 1 || gesture.zoom > 1) {
        zoom = gesture.zoom
        pan = { x: gesture.pan.x + gesture.x, y: gesture.pan.y + gesture.y }
        if (gesture.count > 1) zoomTo(zoom * now.distance / gesture.from.distance, now.x, now.y)
        else move()
    } else move(far ? gesture.x : 0, far ? 0 : Math.max(0, gesture.y))
}
listen(stage, 'touchstart', event => {
    const text = closest(event.target, 'figcaption')
    gesture = text && text.tabIndex === 0 && zoom === 1 ? null : begin(event.touches)
})
listen(stage, 'touchmove', event => {
    if (!gesture) return
    event.preventDefault()
    drag(event.touches)
})
listen(stage, 'touchend', event => {
    if (!gesture) return
    const { x, y, from, count } = gesture
    gesture = event.touches.length ? begin(event.touches) : null
    if (count > 1 || zoom > 1 && (x || y)) return
    if (Math.abs(x) > 50 && Math.abs(x) > Math.abs(y)) turn((x < 0) === reversed ? -1 : 1)
    else if (y > 90 && y > Math.abs(x)) close()
    else if (Math.abs(x) + Math.abs(y) > 9) move()
    else if (event.target.nodeName === 'IMG') {
        event.preventDefault()
        const again = event.timeStamp - tap.time < 350 && Math.abs(from.x - tap.x) + Math.abs(from.y - tap.y) < 40
        tap = { time: again ? 0 : event.timeStamp, x: from.x, y: from.y }
        if (again) toggleZoom(from.x, from.y)
        else move()
    }
})
listen(stage, 'touchcancel', () => {
    gesture = null
    move()
})
listen(stage, 'mousedown', event => {
    if (event.button || zoom === 1 || closest(event.target, 'a')) return
    event.preventDefault()
    gesture = begin([event])
})
listen(window, 'mousemove', event => { if (gesture && gesture.count === 1) drag([event]) })
listen(window, 'mouseup', () => { gesture = null })
listen(stage, 'dblclick', event => { if (event.target.nodeName === 'IMG') toggleZoom(event.clientX, event.clientY) })
// Two fingers on a touchpad.
listen(stage, 'wheel', event => {
    if (!event.ctrlKey) return
    event.preventDefault()
    zoomTo(zoom * Math.exp(-event.deltaY / 100), event.clientX, event.clientY)
})

document.addEventListener('visibilitychange', stop)
addEventListener('resize', () => {
    if (viewer.hidden) return
    const unit = units()[position()]
    if (unit.length === shown.length) fit()
    else show(unit)
})
addEventListener('popstate', () => { if (!viewer.hidden) close(true) })
}())
