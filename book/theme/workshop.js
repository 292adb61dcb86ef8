// Two themes are enough: one light, one dark, and "auto", which follows the system.
for (const name of ["rust", "coal", "ayu"]) {
    document.getElementById("mdbook-theme-" + name)?.closest("li")?.remove();
}
const dark = document.getElementById("mdbook-theme-navy");
if (dark) dark.textContent = "Dark";

// Nobody can click on paper: answers are printed open.
window.addEventListener("beforeprint", () => {
    for (const answer of document.querySelectorAll("details")) answer.open = true;
});
