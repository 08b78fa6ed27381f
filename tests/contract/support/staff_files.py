"""Lists of staff as personnel offices write them in five languages, with what is personal beside what is read."""

from typing import Final

from tests.contract.support.found_files import Found

ENDED: Final = (
    "00101;Ana B;Care;Clerk;01.03.2021;;12.04.1988;070 123 456;ana@example.org;Street 1",
    "00102;Jan K;Care;Clerk;15.05.2023;20.08.2025;03.11.1990;070 123 457;jan@example.org;Street 2",
    "00104;Pet L;Sales;Driver;17.06.2024;13.12.2024;30.06.1979;;pet@example.org;Street 3",
    "00105;Eli V;Sales;Driver;03.02.2025;02.05.2025;01.01.2001;;;Street 4",
)
STAFF_TITLES: Final = {
    "en": "Employee No.;Full name;Department;Position;Hire date;Termination date;Date of birth;Phone;E-mail;Address",
    "lv": "Personāla numurs;Vārds, uzvārds;Nodaļa;Amats;Darba sākuma datums;Atlaišanas datums;Dzimšanas datums;"
    "Tālrunis;E-pasts;Adrese",
    "lt": "Tabelio Nr.;Vardas, pavardė;Padalinys;Pareigos;Įdarbinimo data;Atleidimo data;Gimimo data;Telefonas;"
    "El. paštas;Adresas",
    "sl": "Kadrovska številka;Ime in priimek;Organizacijska enota;Delovno mesto;Datum zaposlitve;Datum prenehanja;"
    "Datum rojstva;Telefon;E-pošta;Naslov",
    "mk": "Шифра на вработен;Име и презиме;Организациска единица;Работно место;Датум на вработување;"
    "Датум на престанок;Датум на раѓање;Телефон;Е-пошта;Адреса",
}
OTHER_TITLES: Final = {
    "en": "Payroll number;Name;Team;Job;Start date;Leaving date;Birthday;Mobile;Mail;Address",
    "lv": "Tabeles Nr.;Vārds;Struktūrvienība;Profesija;Pieņemts darbā;Darba attiecību beigas;Dzimis;Mobilais tālrunis;"
    "e-pasta adrese;Dzīvesvieta",
    "lt": "Darbuotojo numeris;Pavardė;Skyrius;Profesija;Darbo pradžia;Darbo pabaiga;Asmens kodas;Mobilusis telefonas;"
    "E. paštas;Gyvenamoji vieta",
    "sl": "Šifra zaposlenega;Priimek;Oddelek;Poklic;Začetek zaposlitve;Konec zaposlitve;EMŠO;Mobitel;Elektronska pošta;"
    "Prebivališče",
    "mk": "Вработен број;Презиме;Сектор;Занимање;Почеток на работен однос;Престанок на работен однос;ЕМБГ;"
    "Мобилен телефон;Електронска пошта;Живеалиште",
}
"""Of personal columns: by whom, born, phone, mail, home."""
PERSONAL_AT: Final = (1, 6, 7, 8, 9)


def staff_file(titles: str, *, gone: bool = True) -> Found:
    """`gone`: with the column of who left; without it all are there."""
    columns = titles.split(";")
    at = [n for n in range(len(columns)) if gone or n != 5]
    rows = [";".join(row.split(";")[n] for n in at) for row in ENDED]
    wanted = (
        f'id = "{columns[0]}"',
        f'department = "{columns[2]}"',
        f'started_on = "{columns[4]}"',
        *((f'left_on = "{columns[5]}"',) if gone else ("no column says who left",)),
        *(f'"{columns[n]}" looks like personal data' for n in PERSONAL_AT),
    )
    text = "\n".join([";".join(columns[n] for n in at), *rows]) + "\n"
    name = f"staff, {columns[0]}" + ("" if gone else ", all there")
    return Found(name, (), "employees", wanted, len(rows), text)


STAFF_FILES: Final = (
    *(staff_file(titles) for titles in (*STAFF_TITLES.values(), *OTHER_TITLES.values())),
    *(staff_file(titles, gone=False) for titles in STAFF_TITLES.values()),
)
