/** iPadOS calls itself a Mac, but no Mac has a touch screen. */
export const isIos = (): boolean => /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.userAgent.includes("Mac") && navigator.maxTouchPoints > 1);
