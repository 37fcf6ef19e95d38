/* Lets the small pictures turn the gallery without moving the page; without it they are plain links. */

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const strip = gallery.querySelector("[data-gallery-strip]");
  const links = [...gallery.querySelectorAll("[data-gallery-thumb]")];
  const pictures = links.map((link) => document.getElementById(link.hash.slice(1)));
  const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)");

  const mark = (current) => {
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };

  links.forEach((link, place) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const behavior = isCalm.matches ? "auto" : "smooth";
      strip.scrollTo({ left: pictures[place].offsetLeft - strip.offsetLeft, behavior });
      mark(link);
    });
  });

  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) mark(links[pictures.indexOf(entry.target)]);
      }
    },
    { root: strip, threshold: 0.6 },
  );
  pictures.forEach((picture) => watcher.observe(picture));
}
