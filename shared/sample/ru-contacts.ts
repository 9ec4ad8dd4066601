/** Russian sample: organisations and people. Names are invented; telephones and domains are of the kind kept for examples. */
import type { SampleOrganisation, SamplePerson } from './build.ts';

const country = 'Россия';

export const russianOrganisations: readonly SampleOrganisation[] = [
  {
    key: 'volga', name: 'Волга-Логистика', fullName: 'ООО «Волга-Логистика»', kinds: ['client'], industry: 'Складская логистика',
    city: 'Самара', street: 'ул. Береговая, 14', country, phone: '+7 846 555-01-10', email: 'office@volga-log.example',
    web: 'https://volga-log.example', tags: ['ключевой', 'Поволжье'], cadenceDays: 14,
    summary: 'Три склада класса А, второй год работаем по сопровождению. Решения принимает коммерческий директор, деньги согласует финансовый.',
  },
  {
    key: 'ural', name: 'Уральский станкозавод', fullName: 'АО «Уральский станкозавод»', kinds: ['client'], industry: 'Машиностроение',
    city: 'Екатеринбург', street: 'ул. Станочников, 3', country, phone: '+7 343 555-01-20', email: 'priem@ural-stanok.example',
    tags: ['ключевой', 'Урал'], cadenceDays: 21,
    summary: 'Переводим цех сборки на адресное хранение. Длинное согласование через службу главного инженера.',
  },
  {
    key: 'zdrava', name: 'Аптеки «Здравица»', fullName: 'ООО «Здравица Фарм»', kinds: ['client'], industry: 'Розничная торговля',
    city: 'Казань', street: 'пр. Садовый, 27', country, phone: '+7 843 555-01-30', email: 'info@zdravitsa.example',
    tags: ['Поволжье'], cadenceDays: 30, summary: '86 аптек, распределительный склад. Важны сроки годности и прослеживаемость партий.',
  },
  {
    key: 'port', name: 'Северный порт', fullName: 'АО «Северный порт»', kinds: ['prospect'], industry: 'Портовые услуги',
    city: 'Мурманск', street: 'Портовый проезд, 2', country, phone: '+7 815 255-01-40', email: 'kanc@sevport.example',
    tags: ['тендер'], cadenceDays: 21, summary: 'Готовят тендер на учёт тарных грузов. Пока изучают рынок.',
  },
  {
    key: 'agro', name: 'АгроПоле', fullName: 'ООО «АгроПоле»', kinds: ['client'], industry: 'Сельское хозяйство',
    city: 'Краснодар', street: 'ул. Зерновая, 8', country, phone: '+7 861 255-01-50', email: 'mail@agropole.example',
    tags: ['сезонный', 'Юг'], cadenceDays: 45, summary: 'Зерновые склады и цех фасовки. С июля по сентябрь не до встреч.',
  },
  {
    key: 'tehno', name: 'Технолайн', fullName: 'ООО «Технолайн»', kinds: ['supplier'], industry: 'Складское оборудование',
    city: 'Москва', street: 'ул. Заводская, 40, стр. 2', country, phone: '+7 495 555-01-60', email: 'sales@tehnoline.example',
    web: 'https://tehnoline.example', tags: ['оборудование'], cadenceDays: 30,
    summary: 'Терминалы и принтеры этикеток. Срок поставки обещают 3 недели, в прошлом году выдержали 7 раз из 10.',
  },
  {
    key: 'ofis', name: 'Чистый офис', fullName: 'ИП Гусева Н. П.', kinds: ['service'], industry: 'Обслуживание зданий',
    city: 'Москва', street: 'ул. Полевая, 5', country, phone: '+7 495 555-01-70', email: 'hello@chisto.example', tags: [],
    summary: 'Уборка и мелкий ремонт офиса. Договор продлевается каждый год.', cadenceDays: 90,
  },
  {
    key: 'bumaga', name: 'Этикет-Снаб', fullName: 'ООО «Этикет-Снаб»', kinds: ['supplier', 'materials'], industry: 'Расходные материалы',
    city: 'Тверь', street: 'наб. Лесная, 19', country, phone: '+7 482 255-01-80', email: 'zakaz@etiket-snab.example', tags: ['материалы'],
    summary: 'Этикетки и красящая лента. Цена привязана к курсу, просим фиксировать на квартал.', cadenceDays: 60,
  },
  {
    key: 'partner', name: 'Сфера Интеграция', fullName: 'ООО «Сфера Интеграция»', kinds: ['partner'], industry: 'Информационные технологии',
    city: 'Санкт-Петербург', street: 'Линейная ул., 11', country, phone: '+7 812 555-01-90', email: 'partner@sfera-int.example',
    tags: ['совместные проекты'], summary: 'Ведут учётную систему у двух наших клиентов. Делим внедрение пополам.', cadenceDays: 30,
  },
  {
    key: 'otdel', name: 'Отдел внедрения', kinds: ['unit'], industry: 'Внутреннее подразделение', city: 'Москва',
    street: 'ул. Складская, 1', country, phone: '+7 495 555-01-01', email: 'vnedrenie@ladya.example', tags: ['внутренний'],
    summary: 'Восемь инженеров. Загрузка расписана на два месяца вперёд.',
  },
  {
    key: 'adm', name: 'Администрация Заречного района', kinds: ['authority'], industry: 'Органы власти', city: 'Тверь',
    street: 'пл. Заречная, 1', country, phone: '+7 482 255-01-95', email: 'priemnaya@zarechny.example', tags: ['подъездные пути'],
    summary: 'Согласование подъезда большегрузов к учебному складу. Обращения только письменные, ответ до 30 дней.', cadenceDays: 60,
  },
  {
    key: 'soyuz', name: 'Союз складских операторов', kinds: ['association'], industry: 'Отраслевое объединение', city: 'Москва',
    street: 'Деловой пер., 6', country, phone: '+7 495 555-01-98', email: 'info@skladsoyuz.example', tags: ['конференция'],
    summary: 'Весенняя конференция, рабочая группа по маркировке.', cadenceDays: 90,
  },
];

export const russianPeople: readonly SamplePerson[] = [
  { key: 'sokolova', organisation: 'volga', name: { family: 'Соколова', given: 'Анна', patronymic: 'Игоревна' }, jobTitle: 'Коммерческий директор', phone: '+7 846 555-01-11', email: 'a.sokolova@volga-log.example', telegram: '@a_sokolova', birthday: '1984-03-17', role: 'economic', power: 5, stance: 'champion', formality: 'vy', cadenceDays: 14, tags: ['принимает решения'], summary: 'Ценит точность сроков. Просит итоги встречи в тот же день.' },
  { key: 'belov', organisation: 'volga', name: { family: 'Белов', given: 'Павел', patronymic: 'Андреевич' }, jobTitle: 'Начальник складов', phone: '+7 846 555-01-12', email: 'p.belov@volga-log.example', birthday: '--11-02', role: 'user', power: 3, stance: 'champion', formality: 'ty' },
  { key: 'kim', organisation: 'volga', name: { family: 'Ким', given: 'Елена', patronymic: 'Сергеевна' }, jobTitle: 'Финансовый директор', phone: '+7 846 555-01-13', email: 'e.kim@volga-log.example', role: 'economic', power: 5, stance: 'neutral', formality: 'vy' },
  { key: 'gromov', organisation: 'ural', name: { family: 'Громов', given: 'Виктор', patronymic: 'Степанович' }, jobTitle: 'Главный инженер', phone: '+7 343 555-01-21', email: 'gromov@ural-stanok.example', birthday: '1966-09-08', role: 'technical', power: 5, stance: 'cautious', formality: 'vy', summary: 'Сначала чертёж, потом разговор. Не звонить до 10 утра.' },
  { key: 'safina', organisation: 'ural', name: { family: 'Сафина', given: 'Лилия', patronymic: 'Рашидовна' }, jobTitle: 'Руководитель закупок', phone: '+7 343 555-01-22', email: 'safina@ural-stanok.example', role: 'procurement', power: 4, formality: 'vy' },
  { key: 'petrenko', organisation: 'ural', name: { family: 'Петренко', given: 'Олег', patronymic: 'Юрьевич' }, jobTitle: 'Начальник сборочного цеха', phone: '+7 343 555-01-23', email: 'petrenko@ural-stanok.example', role: 'user', power: 3, stance: 'champion' },
  { key: 'halilov', organisation: 'zdrava', name: { family: 'Халилов', given: 'Тимур', patronymic: 'Маратович' }, jobTitle: 'Директор по логистике', phone: '+7 843 555-01-31', email: 't.halilov@zdravitsa.example', telegram: '@halilov_t', birthday: '1979-12-05', role: 'economic', power: 4, stance: 'champion', formality: 'ty' },
  { key: 'orlova', organisation: 'zdrava', name: { family: 'Орлова', given: 'Марина', patronymic: 'Викторовна' }, jobTitle: 'Заведующая складом', phone: '+7 843 555-01-32', email: 'm.orlova@zdravitsa.example', role: 'user', power: 2 },
  { key: 'nikitin', organisation: 'port', name: { family: 'Никитин', given: 'Сергей', patronymic: 'Львович' }, jobTitle: 'Заместитель директора по грузам', phone: '+7 815 255-01-41', email: 's.nikitin@sevport.example', role: 'economic', power: 5, stance: 'neutral', formality: 'vy' },
  { key: 'ageeva', organisation: 'port', name: { family: 'Агеева', given: 'Юлия', patronymic: 'Олеговна' }, jobTitle: 'Специалист по закупкам', phone: '+7 815 255-01-42', email: 'y.ageeva@sevport.example', role: 'procurement', power: 3 },
  { key: 'doroshenko', organisation: 'agro', name: { family: 'Дорошенко', given: 'Николай', patronymic: 'Фёдорович' }, jobTitle: 'Генеральный директор', phone: '+7 861 255-01-51', email: 'nfd@agropole.example', birthday: '1961-06-21', role: 'economic', power: 5, stance: 'champion', formality: 'vy', summary: 'Говорить коротко и про деньги. Уважает тех, кто был на складе сам.' },
  { key: 'levchenko', organisation: 'agro', name: { family: 'Левченко', given: 'Ирина', patronymic: 'Павловна' }, jobTitle: 'Главный бухгалтер', phone: '+7 861 255-01-52', email: 'buh@agropole.example', role: 'blocker', power: 4 },
  { key: 'zaitsev', organisation: 'tehno', name: { family: 'Зайцев', given: 'Роман', patronymic: 'Дмитриевич' }, jobTitle: 'Менеджер по работе с партнёрами', phone: '+7 495 555-01-61', email: 'r.zaitsev@tehnoline.example', telegram: '@rzaitsev', birthday: '--02-14', formality: 'ty' },
  { key: 'mironova', organisation: 'tehno', name: { family: 'Миронова', given: 'Светлана', patronymic: 'Анатольевна' }, jobTitle: 'Руководитель сервиса', phone: '+7 495 555-01-62', email: 's.mironova@tehnoline.example' },
  { key: 'guseva', organisation: 'ofis', name: { family: 'Гусева', given: 'Наталья', patronymic: 'Петровна' }, jobTitle: 'Предприниматель', phone: '+7 495 555-01-71', email: 'n.guseva@chisto.example' },
  { key: 'timofeev', organisation: 'bumaga', name: { family: 'Тимофеев', given: 'Артём', patronymic: 'Ильич' }, jobTitle: 'Менеджер', phone: '+7 482 255-01-81', email: 'a.timofeev@etiket-snab.example', formality: 'ty' },
  { key: 'kozyreva', organisation: 'bumaga', name: { family: 'Козырева', given: 'Алла', patronymic: 'Борисовна' }, jobTitle: 'Директор', phone: '+7 482 255-01-82', email: 'a.kozyreva@etiket-snab.example', formality: 'vy' },
  { key: 'lebed', organisation: 'partner', name: { family: 'Лебедь', given: 'Константин', patronymic: 'Аркадьевич' }, jobTitle: 'Директор по развитию', phone: '+7 812 555-01-91', email: 'k.lebed@sfera-int.example', telegram: '@klebed', birthday: '1988-08-30', formality: 'ty', cadenceDays: 30 },
  { key: 'yashina', organisation: 'partner', name: { family: 'Яшина', given: 'Дарья', patronymic: 'Алексеевна' }, jobTitle: 'Архитектор решений', phone: '+7 812 555-01-92', email: 'd.yashina@sfera-int.example', formality: 'ty' },
  { key: 'mishina', organisation: 'otdel', name: { family: 'Мишина', given: 'Ольга', patronymic: 'Викторовна' }, jobTitle: 'Руководитель отдела внедрения', phone: '+7 495 555-01-02', email: 'o.mishina@ladya.example', formality: 'ty' },
  { key: 'kovalev', organisation: 'otdel', name: { family: 'Ковалёв', given: 'Дмитрий', patronymic: 'Романович' }, jobTitle: 'Руководитель проектов', phone: '+7 495 555-01-03', email: 'd.kovalev@ladya.example', birthday: '1990-05-12', formality: 'ty' },
  { key: 'hohlov', organisation: 'otdel', name: { family: 'Хохлов', given: 'Степан', patronymic: 'Игоревич' }, jobTitle: 'Инженер внедрения', phone: '+7 495 555-01-04', email: 's.hohlov@ladya.example' },
  { key: 'vlasova', organisation: 'adm', name: { family: 'Власова', given: 'Тамара', patronymic: 'Ивановна' }, jobTitle: 'Начальник отдела транспорта', phone: '+7 482 255-01-96', email: 't.vlasova@zarechny.example', formality: 'vy' },
  { key: 'rybin', organisation: 'adm', name: { family: 'Рыбин', given: 'Геннадий', patronymic: 'Олегович' }, jobTitle: 'Заместитель главы', phone: '+7 482 255-01-97', email: 'g.rybin@zarechny.example', formality: 'vy', power: 5 },
  { key: 'fomina', organisation: 'soyuz', name: { family: 'Фомина', given: 'Екатерина', patronymic: 'Максимовна' }, jobTitle: 'Исполнительный директор', phone: '+7 495 555-01-99', email: 'e.fomina@skladsoyuz.example', telegram: '@fomina_em', birthday: '--01-25' },
  { key: 'ivashov', organisation: 'soyuz', name: { family: 'Ивашов', given: 'Борис', patronymic: 'Натанович' }, jobTitle: 'Председатель рабочей группы', phone: '+7 495 555-02-00', email: 'b.ivashov@skladsoyuz.example', formality: 'vy' },
  { key: 'shvets', organisation: 'volga', name: { family: 'Швец', given: 'Глеб', patronymic: 'Тарасович' }, jobTitle: 'Системный администратор', phone: '+7 846 555-01-14', email: 'g.shvets@volga-log.example', role: 'technical', power: 2 },
  { key: 'antonova', organisation: 'zdrava', name: { family: 'Антонова', given: 'Вера', patronymic: 'Николаевна' }, jobTitle: 'Юрист', phone: '+7 843 555-01-33', email: 'v.antonova@zdravitsa.example', role: 'procurement', power: 3, formality: 'vy' },
  { key: 'egorov', organisation: 'agro', name: { family: 'Егоров', given: 'Максим', patronymic: 'Денисович' }, jobTitle: 'Начальник элеватора', phone: '+7 861 255-01-53', email: 'elevator@agropole.example', role: 'user', power: 2 },
  { key: 'sizova', organisation: 'port', name: { family: 'Сизова', given: 'Кира', patronymic: 'Вадимовна' }, jobTitle: 'Начальник отдела ИТ', phone: '+7 815 255-01-43', email: 'k.sizova@sevport.example', role: 'technical', power: 4, stance: 'champion' },
];
