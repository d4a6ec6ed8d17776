// Making a telephone, changing its number, removing it.

import { post, remove } from "./api.js";
import { find, make, say } from "./dom.js";

function ask(dialog, act) {
  const form = dialog.querySelector("form");
  form.reset();
  dialog.onclose = () => { if (dialog.returnValue === "ok") act(form); };
  dialog.returnValue = "";
  dialog.showModal();
}

export function newPhone(numbers, made) {
  const dialog = find("new-dialog");
  const select = dialog.querySelector("select");
  const options = numbers.map(({ id, name, display }) => make("option", { value: id, text: `${name} ${display}` }));
  select.replaceChildren(...options);
  find("numbers-field").hidden = numbers.length < 2;
  ask(dialog, async ({ elements }) => {
    const person = await post("/people", {
      name: elements.name.value.trim(),
      phone: elements.phone.value,
      number_id: elements.number.value,
      bsuid_only: elements.bsuid_only.checked,
      language: document.documentElement.lang,
    });
    if (person) made(person.id);
  });
}

export function changeNumber(person) {
  ask(find("number-dialog"), ({ elements }) => {
    post(`/people/${person.id}/change-number`, { phone: elements.phone.value });
  });
}

export function forget(person, gone) {
  find("forget-text").textContent = say("forget_sure", { name: person.name });
  ask(find("forget-dialog"), async () => {
    if (await remove(`/people/${person.id}`)) gone(person.id);
  });
}
