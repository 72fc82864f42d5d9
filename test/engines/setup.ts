// The frame of the tests is drawn at its own size: a transformed one has no places to click at in Firefox.
window.frameElement?.parentElement?.style.setProperty('transform', 'none')
