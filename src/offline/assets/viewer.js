// Shows the plates in the whole window, one by one or as spreads. Without this script, a plate is
// a link to its largest picture. For browsers since 2016.
(function () {
'use strict'

const { abs, hypot, max, min } = Math
const { documentElement: root, body } = document
const all = (selector, within) => Array.from((within || document).querySelectorAll(selector))
const listen = (target, type, action) => target.addEventListener(type, action, { passive: false })
const closest = (element, selector) => {
    while (element && !(element.matches && element.matches(selector))) element = element.parentNode
    return element
}

// What is wider than its box can be moved by keyboard.
const focusIfScrolled = box => {
    if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0
    else box.removeAttribute('tabindex')
}
const tables = () => all('.table').forEach(focusIfScrolled)
listen(window, 'resize', tables)
tables()

const plates = all('.plate').filter(plate => plate.querySelector('.open img'))
const template = document.getElementById('viewer')
if (!template || !template.content || !plates.length) return
body.appendChild(document.importNode(template.content, true))
const viewer = all('.viewer')[0]
const find = name => all('.viewer-' + name, viewer)[0]
const mark = (name, on) => viewer.classList.toggle('viewer-' + name, on)
const press = (name, on) => find(name).setAttribute('aria-pressed', on)
const stage = find('stage')
const counter = find('counter')
const digits = template.getAttribute('data-digits')

// Whether the pages follow one another from right to left.
const reversed = root.dir === 'rtl'

// What is shown at a time: a plate, or those of a spread.
const spreadOf = plate => plate.getAttribute('data-spread')
const singles = plates.map(plate => [plate])
const pairs = []
plates.forEach(plate => {
    const last = pairs[pairs.length - 1]
    if (last && last.length < 2 && spreadOf(plate) && spreadOf(plate) === spreadOf(last[0])) last.push(plate)
    else pairs.push([plate])
})

let current            // the first plate shown
let shown = []         // the parts of the slide: { figure, image, caption, shape }
let slide
let images = []        // those shown and their neighbours
let captions = true
let spreads = true
let timer = 0          // of the slide show
let idle               // the timer of the controls
let tabbed             // whether the keyboard moved the focus
let zoom = 1
let pan = { x: 0, y: 0 }

const isWide = () => pairs.length < plates.length && innerHeight > 480 && innerWidth > max(800, innerHeight * 1.2)
const units = () => spreads && isWide() ? pairs : singles
const position = () => units().findIndex(unit => unit.indexOf(current) >= 0)
const shapeOf = image => image.getAttribute('width') / image.getAttribute('height') || 1

// Few images are kept, however long the book is.
const imageOf = plate => images.find(image => image.plate === plate) || newImage(plate)
const newImage = plate => {
    const image = plate.querySelector('.open img').cloneNode(false)
    image.plate = plate
    image.removeAttribute('loading')
    image.sizes = min(innerWidth, innerHeight * shapeOf(image)) + 'px'
    return image
}

// Applies zoom and position. The slide is not moved out of the window.
const move = (x, y) => {
    const limit = (value, side) => {
        const room = max(0, (slide['offset' + side] * zoom - stage['client' + side]) / 2)
        return max(-room, min(room, value))
    }
    pan = { x: limit(pan.x, 'Width'), y: limit(pan.y, 'Height') }
    slide.style.transform = `translate(${pan.x + (x || 0)}px, ${pan.y + (y || 0)}px) scale(${zoom})`
    mark('zoomed', zoom > 1)
    press('zoom', zoom > 1)
}

// Gives the pictures one height, as large as the window and their captions permit.
const fit = () => {
    const em = parseFloat(getComputedStyle(root).fontSize)
    const { clientWidth: width, clientHeight: height } = stage
    const beside = captions && shown.length < 2 && shown[0].caption && width > 1.2 * height &&
        (height < 26 * em || width > 50 * em && body.classList.contains('captions-facing'))
    mark('beside', !!beside)
    mark('mute', !captions)
    const column = beside ? min(16 * em, innerWidth * 0.3) + 2 * em : 2 * em * (shown.length - 1)
    const shapes = shown.reduce((sum, part) => sum + part.shape, 0)
    const pixels = shown.map(part => part.image.getAttribute('height'))
    const most = min(height, (width - column) / shapes, min(...pixels) * 1.5)
    let high = most
    // A lower picture is narrower, and its caption may need more lines.
    for (let pass = 0; pass < 4; pass++) {
        let below = 0
        shown.forEach(({ figure, image, caption, shape }) => {
            image.style.height = high + 'px'
            image.style.width = figure.style.width = high * shape + 'px'
            if (!beside) below = max(below, figure.offsetHeight - high)
            if (caption) focusIfScrolled(caption)
        })
        if (pass < 3) high = min(most, height - below)
    }
    move()
}

const stop = () => { if (timer) play(false) }

// Zooms about a point of the window, or about its middle.
const zoomTo = (value, x = innerWidth / 2, y = innerHeight / 2) => {
    stop()
    const box = stage.getBoundingClientRect()
    const [left, top] = [x - box.left - box.width / 2, y - box.top - box.height / 2]
    const next = value < 1.05 ? 1 : min(value, 8)
    pan = { x: left - (left - pan.x) * next / zoom, y: top - (top - pan.y) * next / zoom }
    zoom = next
    shown.forEach(({ image }) => { image.sizes = image.offsetWidth * zoom + 'px' })
    move()
}
const toggleZoom = (x, y) => zoomTo(zoom > 1 ? 1 : 2.5, x, y)

const address = change => {
    try { history[change](null, '', '#' + current.id) } catch (error) { /* not for files, here */ }
}

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
        all('[id]', figure).forEach(element => element.removeAttribute('id'))
        return { figure, image, caption, shape: shapeOf(image) }
    })
    counter.textContent = (unit.map(plate => plates.indexOf(plate) + 1).join('–') + ' / ' + plates.length)
        .replace(/\d/g, digit => digits[digit])
    find('previous').setAttribute('aria-disabled', at === 0)
    find('next').setAttribute('aria-disabled', at === list.length - 1)
    find('spreads').hidden = !isWide()
    find('show').href = '#' + current.id
    address('replaceState')
    fit()
}
const showAgain = () => show(units()[position()])

const turn = step => {
    stop()
    const list = units()
    const at = position()
    const next = max(0, min(list.length - 1, at + step))
    if (next !== at) show(list[next])
    else move()
}

// Plates with many words stay longer.
const play = on => {
    clearTimeout(timer)
    timer = on ? setTimeout(() => {
        const next = units()[position() + 1]
        if (next && shown.every(part => part.image.complete)) show(next)
        play(!!next)
    }, 5000 + min(9000, 45 * slide.textContent.length)) : 0
    const button = find('slide-show')
    button.title = button.getAttribute(on ? 'data-stop' : 'data-start')
    button.setAttribute('aria-label', button.title)
    mark('playing', on)
    ;[stage, counter].forEach(live => live.setAttribute('aria-live', on ? 'off' : 'polite'))
}

const fullElement = () => document.fullscreenElement || document.webkitFullscreenElement
const canFill = document.fullscreenEnabled || document.webkitFullscreenEnabled
const fullScreen = () => {
    const done = fullElement()
        ? (document.exitFullscreen || document.webkitExitFullscreen).call(document)
        : (viewer.requestFullscreen || viewer.webkitRequestFullscreen).call(viewer)
    if (done) done.catch(() => {})
}
find('full-screen').hidden = !canFill
;['', 'webkit'].forEach(prefix =>
    listen(document, prefix + 'fullscreenchange', () => press('full-screen', !!fullElement())))

// The rest of the page cannot be reached. (The stylesheet hides it where `inert` is unknown.)
const setOpen = on => {
    viewer.hidden = !on
    root.classList.toggle('viewing', on)
    Array.from(body.children).forEach(element => { if (element !== viewer) element.inert = on })
}

const open = plate => {
    setOpen(true)
    current = plate
    tabbed = false
    // The browser's Back closes the viewer.
    address('pushState')
    press('spreads', spreads)
    showAgain()
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
        press('captions', captions = !captions)
        fit()
    },
    spreads: () => {
        press('spreads', spreads = !spreads)
        showAgain()
    },
}

listen(document, 'click', event => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const control = closest(event.target, '.viewer button, .viewer-show')
    const link = closest(event.target, '.plate .open')
    if (!control && !link) return
    event.preventDefault()
    if (link) open(closest(link, '.plate'))
    else actions[control.className.slice(7)]()
})

// By code, so that letters are the same keys in every alphabet.
const arrow = (x, y) => {
    if (zoom === 1) return turn(reversed ? -x : x)
    pan = { x: pan.x - 80 * x, y: pan.y - 80 * y }
    move()
}
const keys = {
    27: close,
    32: event => turn(event.shiftKey ? -1 : 1),
    33: actions.previous,
    34: actions.next,
    35: () => turn(plates.length),
    36: () => turn(-plates.length),
    37: () => arrow(-1, 0),
    38: () => arrow(0, -1),
    39: () => arrow(1, 0),
    40: () => arrow(0, 1),
    48: () => zoomTo(1),
    67: actions.captions,
    70: canFill && fullScreen,
    83: actions['slide-show'],
    90: actions.zoom,
    107: () => zoomTo(zoom * 1.5),
    109: () => zoomTo(zoom / 1.5),
}

listen(viewer, 'keydown', event => {
    wake()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const code = { '+': 107, '=': 107, '-': 109, 0: 48 }[event.key] || event.keyCode
    if (code === 9) {
        tabbed = true
        const reached = all('button, a[href], [tabindex="0"]', viewer).filter(element => element.offsetParent)
        const at = reached.indexOf(event.target)
        reached[event.shiftKey ? (at > 0 ? at : reached.length) - 1 : (at + 1) % reached.length].focus()
    } else {
        // Space presses the button that has the focus; up and down scroll a long caption.
        if (!keys[code] || code === 32 && event.target !== viewer || zoom === 1 && (code === 38 || code === 40)) return
        keys[code](event)
    }
    event.preventDefault()
})

// The controls vanish while a mouse rests, but not from under the focus of a keyboard.
const wake = event => {
    clearTimeout(idle)
    mark('idle', false)
    if (event && !tabbed) idle = setTimeout(() => mark('idle', true), 3000)
}
listen(viewer, 'mousemove', wake)
listen(viewer, 'mousedown', () => { tabbed = false })

// Swipe, pinch and double tap; with a mouse, drag and double click.
let gesture
let tap = { time: 0 }
const begin = points => {
    const [a, b] = [points[0], points[points.length - 1]]
    return {
        x: (a.clientX + b.clientX) / 2,
        y: (a.clientY + b.clientY) / 2,
        distance: hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1,
        fingers: points.length,
        moved: [0, 0],
        pan,
        zoom,
    }
}
const drag = points => {
    const now = begin(points)
    if (now.fingers !== gesture.fingers) gesture = now
    const [x, y] = gesture.moved = [now.x - gesture.x, now.y - gesture.y]
    if (now.fingers > 1 || gesture.zoom > 1) {
        zoom = gesture.zoom
        pan = { x: gesture.pan.x + x, y: gesture.pan.y + y }
        zoomTo(zoom * now.distance / gesture.distance, now.x, now.y)
    } else if (abs(x) > abs(y)) move(x, 0)
    else move(0, max(0, y))
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
    const { fingers, moved: [x, y], x: left, y: top } = gesture
    gesture = null
    if (event.touches.length) {
        gesture = begin(event.touches)
        // The last of several fingers is no tap.
        gesture.moved = [9, 9]
    }
    const isTap = hypot(x, y) < 9
    if (fingers > 1 || zoom > 1 && !isTap) return
    if (abs(x) > 50 && abs(x) > abs(y)) turn((x < 0) === reversed ? -1 : 1)
    else if (y > 90 && y > abs(x)) close()
    else move()
    if (!isTap || event.target.nodeName !== 'IMG') return
    event.preventDefault()
    const again = event.timeStamp - tap.time < 350 && hypot(left - tap.left, top - tap.top) < 40
    tap = { left, top, time: again ? 0 : event.timeStamp }
    if (again) toggleZoom(left, top)
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
listen(window, 'mousemove', event => { if (gesture) drag([event]) })
listen(window, 'mouseup', () => { gesture = null })
listen(stage, 'dblclick', event => { if (event.target.nodeName === 'IMG') toggleZoom(event.clientX, event.clientY) })
// Two fingers on a touchpad.
listen(stage, 'wheel', event => {
    if (!event.ctrlKey) return
    event.preventDefault()
    zoomTo(zoom * Math.exp(-event.deltaY / 100), event.clientX, event.clientY)
})

listen(document, 'visibilitychange', stop)
listen(window, 'resize', () => {
    if (viewer.hidden) return
    if (units()[position()].length === shown.length) fit()
    else showAgain()
})
listen(window, 'popstate', () => { if (!viewer.hidden) close(true) })
}())
