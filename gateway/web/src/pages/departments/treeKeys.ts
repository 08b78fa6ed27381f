interface Deeds {
  toggle: (key: string, isOpen: boolean) => void;
  choose: (key: string) => void;
}

/** What a key does in a tree: arrows move, open and close; Home and End; Enter and the space bar choose. */
export function goTo(event: KeyboardEvent, tree: HTMLElement | null, deeds: Deeds): void {
  const items = [...(tree?.querySelectorAll<HTMLElement>("[role=treeitem]") ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const item = items[at];
  const key = item?.dataset["key"];
  if (item === undefined || key === undefined) return;
  const expanded = item.getAttribute("aria-expanded");
  switch (event.key) {
    case "ArrowDown":
      items[at + 1]?.focus();
      break;
    case "ArrowUp":
      items[at - 1]?.focus();
      break;
    case "Home":
      items[0]?.focus();
      break;
    case "End":
      items.at(-1)?.focus();
      break;
    case "ArrowRight":
      if (expanded === "false") deeds.toggle(key, true);
      else if (expanded === "true") items[at + 1]?.focus();
      break;
    case "ArrowLeft":
      if (expanded === "true") deeds.toggle(key, false);
      else items.findLast((above, place) => place < at && levelOf(above) < levelOf(item))?.focus();
      break;
    case "Enter":
    case " ":
      deeds.choose(key);
      break;
    default:
      return;
  }
  event.preventDefault();
}

function levelOf(item: HTMLElement): number {
  return Number(item.getAttribute("aria-level"));
}
