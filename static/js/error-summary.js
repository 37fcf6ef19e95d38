/* Moves the focus to the list of problems, so that a screen reader starts there. */

document.querySelector("[data-error-summary]")?.focus();
