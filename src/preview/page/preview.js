// The script of the preview: turning pages, switching what is shown, and following the book.
// Without it, the page shows the same in one long column.
'use strict'
{
const root = document.documentElement
const body = document.body
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const one = selector => document.querySelector(selector)
root.classList.add('js')

// What was switched stays when the page is loaded again, in this window only.
const memory = {
    get: name => { try { return sessionStorage.getItem(name) } catch { return null } },
    set: (name, value) => { try { sessionStorage.setItem(name, value) } catch { /* not allowed */ } },
}

const pages = () => one('#pages')
const units = () => all(body.classList.contains('singles') ? '.page:not(.empty)' : '.spread')
const label = unit => unit.getAttribute('aria-label')
let index = 0
let announced

// The position of a unit in the column, so that it is in the middle if it is no higher.
const topOf = unit => {
    const box = unit.getBoundingClientRect()
    const view = pages().getBoundingClientRect()
    const space = Math.max(0, (view.height - box.height) / 2)
    return pages().scrollTop + box.top - view.top - space
}

// Scrolls the strip to the current spread.
const reveal = () => {
    const [strip, link] = [one('#strip'), one('#strip [aria-current]')]
    if (!link) return
    const [box, view] = [link.getBoundingClientRect(), strip.getBoundingClientRect()]
    if (box.top < view.top || box.bottom > view.bottom) strip.scrollTop += box.top - view.top - view.height / 2
    if (box.left < view.left || box.right > view.right) strip.scrollLeft += box.left - view.left - view.width / 2
}

const show = () => {
    const list = units()
    const unit = list[index]
    if (!unit) return
    one('#position').textContent = label(unit)
    one('#previous').disabled = index === 0
    one('#next').disabled = index === list.length - 1
    const spread = unit.closest('.spread')
    for (const link of all('#strip a')) {
        if (link.hash !== '#' + spread.id) link.removeAttribute('aria-current')
        else if (!link.hasAttribute('aria-current')) {
            link.setAttribute('aria-current', 'true')
            reveal()
        }
    }
    // The photos of the neighbours are there when the page is turned.
    for (const near of list.slice(Math.max(0, index - 1), index + 3))
        for (const image of all('img[loading=lazy]', near)) image.loading = 'eager'
    clearTimeout(announced)
    announced = setTimeout(() => {
        const status = `${label(unit)}, ${index + 1} of ${list.length}`
        if (one('#status').textContent !== status) one('#status').textContent = status
        memory.set('page', unit.id)
        followInEbook(unit)
        loadStrip()
    }, 200)
}

// The photos of the strip are loaded one after the other, when those of the spread are there.
let loading = false
const loadStrip = () => {
    const strip = one('#strip')
    const unit = units()[index]
    if (!strip?.offsetParent || loading || !unit) return
    const pending = all('img', unit).filter(image => !image.complete)
    const view = strip.getBoundingClientRect()
    const isNear = photo => {
        const box = photo.getBoundingClientRect()
        return box.bottom > view.top && box.top < view.bottom + 200 && box.right > view.left && box.left < view.right + 200
    }
    const photo = all('[data-photo]', strip).find(isNear)
    if (!photo) return
    loading = true
    const done = () => {
        loading = false
        loadStrip()
    }
    if (pending.length) {
        pending[0].addEventListener('load', done, { once: true })
        pending[0].addEventListener('error', done, { once: true })
        return
    }
    const image = new Image()
    image.alt = ''
    image.onload = image.onerror = done
    image.src = photo.dataset.photo
    photo.removeAttribute('data-photo')
    photo.append(image)
}

const go = number => {
    const list = units()
    if (!list.length) return
    index = Math.min(Math.max(number, 0), list.length - 1)
    pages().scrollTop = topOf(list[index])
    show()
}

const goTo = id => {
    const target = id && document.getElementById(id)
    const found = units().findIndex(unit => target && (unit === target || unit.contains(target) || target.contains(unit)))
    if (found >= 0) go(found)
    return found >= 0
}

// The unit in the middle of the window is the current one.
const follow = () => {
    const view = pages().getBoundingClientRect()
    const middle = view.top + view.height / 2
    const distance = unit => {
        const box = unit.getBoundingClientRect()
        return Math.max(box.top - middle, middle - box.bottom, 0)
    }
    const list = units()
    // Most often it is the same one, or one beside it.
    let nearest = index < list.length ? index : 0
    for (let step = 0; step < list.length; step++) {
        const better = [nearest - 1, nearest + 1].find(at => list[at] && distance(list[at]) < distance(list[nearest]))
        if (better === undefined) break
        nearest = better
    }
    if (nearest === index) return
    index = nearest
    show()
}

// The e-book shows what the spread shows, if both are open.
let followed
const followInEbook = unit => {
    if (!body.classList.contains('show-ebook')) return
    const page = all('[data-document]', unit)[0] ?? unit.closest('[data-document]')
    if (!page || page.dataset.document === followed) return
    followed = page.dataset.document
    const inside = one('#ebook iframe')?.contentDocument
    const part = inside?.getElementById(followed)
    if (part) inside.scrollingElement.scrollTop = part.offsetTop
}

// Keeps the current unit where it is while `change` changes the layout.
const keepingPlace = change => {
    const list = pages() ? units() : []
    const page = list[index]?.querySelector('[data-key]') ?? list[index]
    const { key } = page?.dataset ?? {}
    const before = page?.getBoundingClientRect().top
    const number = page && all('.page[data-key]').indexOf(page)
    change()
    if (!pages() || !page) return
    const now = all('.page[data-key]')
    const same = now.map((other, at) => [Math.abs(at - number), other]).filter(([, other]) => other.dataset.key === key)
    const kept = same.sort((a, b) => a[0] - b[0])[0]?.[1] ?? now[Math.min(number, now.length - 1)]
    if (!kept) return
    const found = units().findIndex(unit => unit === kept || unit.contains(kept))
    index = Math.max(found, 0)
    return { kept, before }
}

const toggle = (name, on) => {
    const done = keepingPlace(() => body.classList.toggle(name, on))
    for (const button of all(`[data-toggle="${name}"]`)) button.setAttribute('aria-pressed', String(on))
    memory.set(name, on ? 'on' : 'off')
    if (done) go(index)
}

const press = button => {
    const name = button.dataset.toggle
    const on = !body.classList.contains(name)
    // One of the two is always shown; in a small window, only one.
    const other = { 'show-pages': 'show-ebook', 'show-ebook': 'show-pages' }[name]
    if (other && one(`[data-toggle="${other}"]`)) {
        if (!on) toggle(other, true)
        else if (matchMedia('(max-width: 60rem)').matches) toggle(other, false)
    }
    toggle(name, on)
    followed = undefined
    if (!pages()) return
    reveal()
    show()
}

const restore = () => {
    const narrow = matchMedia('(max-width: 40rem) and (orientation: portrait)').matches
    const initial = { 'show-strip': !matchMedia('(max-width: 60rem)').matches, singles: narrow }
    for (const button of all('[data-toggle]')) {
        const name = button.dataset.toggle
        const remembered = memory.get(name)
        const on = remembered ? remembered === 'on' : initial[name] ?? body.classList.contains(name)
        body.classList.toggle(name, on)
        button.setAttribute('aria-pressed', String(on))
    }
}

// Browsers without trigonometry in CSS are told the scale of the pages.
const scalesItself = CSS.supports('width', 'calc(1px * tan(atan2(1px, 2px)))')
const rescale = () => {
    if (scalesItself || !pages()) return
    for (const spread of all('.spread')) {
        const page = spread.querySelector('.page:not(.empty)')
        const sheet = page.querySelector('.sheet')
        spread.style.setProperty('--scale', page.offsetWidth / sheet.offsetWidth)
    }
}

addEventListener('click', event => {
    const button = event.target.closest('button')
    if (button?.dataset.toggle) return press(button)
    if (button?.id === 'previous') return go(index - 1)
    if (button?.id === 'next') return go(index + 1)
    const link = event.target.closest('a[href^="#"]')
    if (!link) return
    const target = document.getElementById(link.hash.slice(1))
    if (!target) return
    event.preventDefault()
    if (target.matches('.spread, .page')) {
        if (!body.classList.contains('show-pages')) toggle('show-pages', true)
        goTo(target.id)
    } else if (target.closest('#findings')) {
        toggle('show-findings', true)
        target.focus()
    } else target.focus()
})

const right = () => body.dataset.binding === 'right' ? -1 : 1
addEventListener('keydown', event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !pages()) return
    // Elsewhere, these keys scroll.
    if (event.target.closest('#findings') && !event.key.startsWith('ArrowR') && !event.key.startsWith('ArrowL')) return
    const to = {
        ArrowRight: index + right(),
        ArrowLeft: index - right(),
        PageDown: index + 1,
        PageUp: index - 1,
        Home: 0,
        End: Infinity,
    }[event.key]
    if (to === undefined || !body.classList.contains('show-pages')) return
    event.preventDefault()
    go(to)
})

// On an enlarged page, a swipe moves the page.
visualViewport?.addEventListener('resize', () => body.classList.toggle('enlarged', visualViewport.scale > 1.05))

let touch
const listen = () => {
    if (!pages()) return
    let waiting = false
    pages().addEventListener('scroll', () => {
        if (waiting) return
        waiting = true
        requestAnimationFrame(() => {
            waiting = false
            follow()
        })
    }, { passive: true })
    pages().addEventListener('touchstart', event => {
        const { clientX, clientY } = event.touches[0]
        touch = event.touches.length === 1 ? { clientX, clientY } : undefined
    }, { passive: true })
    pages().addEventListener('touchend', event => {
        if (!touch || body.classList.contains('enlarged')) return
        const { clientX, clientY } = event.changedTouches[0]
        const [across, down] = [clientX - touch.clientX, clientY - touch.clientY]
        if (Math.abs(across) > 45 && Math.abs(across) > 2 * Math.abs(down)) go(index - Math.sign(across) * right())
    }, { passive: true })
    one('#strip').addEventListener('scroll', loadStrip, { passive: true })
    new ResizeObserver(() => {
        rescale()
        const unit = units()[index]
        if (unit) pages().scrollTop = topOf(unit)
    }).observe(pages())
}

// Loads a style sheet before the pages that it is for.
const styled = async fresh => {
    const [old, next] = [one('#book-style'), fresh.querySelector('#book-style')]
    if (!next || old?.getAttribute('href') === next.getAttribute('href')) return () => {}
    const link = document.importNode(next)
    await new Promise(done => {
        link.onload = link.onerror = done
        document.head.append(link)
    })
    return () => old?.remove()
}

const replace = (id, fresh) => {
    const [old, next] = [document.getElementById(id), fresh.getElementById(id)]
    if (old && next) old.innerHTML = next.innerHTML
}

// Photos of the strip that are there already stay.
const replaceStrip = fresh => {
    const loaded = new Map(all('#strip img').map(image => [image.getAttribute('src'), image]))
    replace('strip', fresh)
    for (const photo of all('#strip [data-photo]')) {
        const image = loaded.get(photo.dataset.photo)
        if (!image) continue
        photo.removeAttribute('data-photo')
        photo.append(image)
    }
    loading = false
}

// Shows the newest state of the book, at the same page.
const update = async () => {
    const response = await fetch('/', { cache: 'no-store' })
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    const structure = from => `${from.body.className.match(/has-\w+/g)} ${!!from.querySelector('#pages')}`
    if (structure(document) !== structure(fresh)) return location.reload()
    const removeOldStyle = await styled(fresh)
    const place = keepingPlace(() => {
        const next = all('.spread', fresh)
        const old = all('.spread')
        next.forEach((spread, at) => {
            if (!old[at]) pages().append(document.importNode(spread, true))
            else if (old[at].dataset.v !== spread.dataset.v) old[at].replaceWith(document.importNode(spread, true))
        })
        old.slice(next.length).forEach(spread => spread.remove())
    })
    removeOldStyle()
    body.dataset.version = fresh.body.dataset.version
    body.dataset.binding = fresh.body.dataset.binding
    document.title = fresh.title
    one('h1').replaceWith(document.importNode(fresh.querySelector('h1'), true))
    const findings = '[data-toggle="show-findings"]'
    one(findings).textContent = fresh.querySelector(findings).textContent
    one('#findings').innerHTML = fresh.querySelector('#findings').innerHTML
    replace('problems', fresh)
    replaceStrip(fresh)
    rescale()
    if (place) {
        // The scroll position stays even if something above has changed.
        pages().scrollTop += place.kept.getBoundingClientRect().top - place.before
        show()
    }
    const frame = one('#ebook iframe')?.contentWindow
    if (frame) {
        const { scrollY } = frame
        frame.frameElement.addEventListener('load', () => frame.scrollTo(0, scrollY), { once: true })
        frame.location.reload()
    }
    one('#status').textContent = one('#problems').textContent ? 'The book has errors' : 'The book has changed'
}

restore()
listen()
rescale()
if (pages()) goTo(location.hash.slice(1)) || goTo(memory.get('page')) || show()
addEventListener('hashchange', () => goTo(location.hash.slice(1)))

// A page from a server follows it; one in a file has no version.
if (body.dataset.version) {
    let updating = Promise.resolve()
    const events = new EventSource('/events')
    events.addEventListener('book', event => {
        body.classList.remove('ended')
        updating = updating.then(() => body.dataset.version === event.data || update()).catch(() => {})
    })
    events.addEventListener('error', () => {
        body.classList.add('ended')
        one('#status').textContent = 'The preview has ended'
    })
}
}
