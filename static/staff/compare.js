// Keeps count of the areas that are ticked, stops at the most there can be, and carries them along
// in the links to another order, theme or page. Without it the form works, and the page says so
// where too many were sent.

const form = document.querySelector("form[data-most]");
const said = form?.querySelector("[data-said]");
const most = Number(form?.dataset.most);

function picked() {
  const held = [...form.querySelectorAll('input[type="hidden"][name="areas"]')];
  return [...held, ...form.querySelectorAll('input[name="areas"]:checked')].map((one) => one.value);
}

function sentence(count) {
  if (count >= most) return said.dataset.full;
  return count ? said.dataset.some.replace("N", count) : said.dataset.none;
}

function carry(areas) {
  for (const link of document.querySelectorAll("a[data-kept]")) {
    const address = new URL(link.href);
    address.searchParams.delete("areas");
    address.searchParams.delete("choose");
    if (areas.length) {
      address.searchParams.set("areas", areas.join(","));
      address.searchParams.set("choose", "1");
    }
    link.href = address.href;
  }
}

function look() {
  const areas = picked();
  for (const box of form.querySelectorAll('input[type="checkbox"]')) {
    box.disabled = !box.checked && areas.length >= most;
  }
  said.textContent = sentence(areas.length);
  carry(areas);
}

if (form) {
  form.addEventListener("change", look);
  look();
}
