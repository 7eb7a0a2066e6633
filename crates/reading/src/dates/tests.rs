use proptest::prelude::*;

use super::*;

const MONDAY: &str = "2015-08-10";

fn dates(text: &str, published: Option<&str>) -> Vec<(String, String)> {
    read(text, published, DateWords::arabic())
        .into_iter()
        .map(|d| {
            let value = match d.value {
                DateValue::Iso(iso) => iso,
                DateValue::Unresolved(why) => format!("? {why}"),
            };
            (text[d.span.start..d.span.end].to_owned(), value)
        })
        .collect()
}

/// Each line: a sentence, then the words and values that are to be found in it, published on Monday 2015-08-10.
#[track_caller]
fn expect(text: &str, want: &[(&str, &str)]) {
    let found = dates(text, Some(MONDAY));
    let found: Vec<(&str, &str)> = found.iter().map(|(w, v)| (w.as_str(), v.as_str())).collect();
    assert_eq!(found, want, "{text}");
}

#[track_caller]
fn timed(text: &str, want: &str) {
    let found = read(text, Some(MONDAY), DateWords::arabic());
    assert_eq!(found.iter().filter_map(DateFound::date_time).collect::<Vec<_>>(), [want], "{text}");
}

#[test]
fn months_of_every_region() {
    for (name, month) in [
        ("كانون الثاني", "01"),
        ("جانفي", "01"),
        ("شباط", "02"),
        ("غشت", "08"),
        ("أوت", "08"),
        ("شتنبر", "09"),
        ("دجنبر", "12"),
        ("تشرين الأول", "10"),
    ] {
        expect(&format!("وقعا الاتفاق في {name} 2011 بعد جولتين"), &[(&format!("{name} 2011"), &format!("2011-{month}"))]);
    }
}

#[test]
fn months_with_two_names() {
    for words in ["نوفمبر/ تشرين الثاني 2013", "آب (أغسطس) 2013", "فبراير - شباط 2013", "تموز/يوليو 2013"]
    {
        let found = dates(&format!("اجتمع الوفدان في {words}، ثم افترقا"), Some(MONDAY));
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0].0, words);
    }
    expect(
        "لقاء شهري مايو (أيار) ويونيو (حزيران) الماضيين",
        &[("مايو (أيار)", "2015-05"), ("يونيو (حزيران) الماضيين", "2015-06")],
    );
}

#[test]
fn days_of_months() {
    expect("يصل الوزير في الثاني والعشرين من سبتمبر المقبل", &[("الثاني والعشرين من سبتمبر المقبل", "2015-09-22")]);
    expect("وقعت المعاهدة في 17 آذار من عام 1992.", &[("17 آذار من عام 1992", "1992-03-17")]);
    expect("عقدت القمة يومي 3 و 4 مايو 2014", &[("3", "2014-05-03"), ("4 مايو 2014", "2014-05-04")]);
    expect("قرر المجلس في ١٢ ديسمبر تأجيل الجلسة", &[("١٢ ديسمبر", "2015-12-12")]);
    expect("يبدأ التسجيل في الخامس من الشهر المقبل", &[("الخامس من الشهر المقبل", "2015-09-05")]);
    expect("في ديسمبر الماضي", &[("ديسمبر الماضي", "2014-12")]);
}

#[test]
fn years() {
    expect("منذ عام 2003 والعام 2004 وسنة 2005", &[("2003", "2003"), ("2004", "2004"), ("2005", "2005")]);
    expect("استقلت البلاد عام ألف وتسعمائة واثنين وستين", &[("ألف وتسعمائة واثنين وستين", "1962")]);
    expect("عقدت للمرة الأخيرة في 2009.", &[("2009", "2009")]);
    expect("انتقل إليها صيف 2011 ثم غادر خريف العام 2013", &[("صيف 2011", "2011"), ("خريف العام 2013", "2013")]);
    expect("حكم بين عامي 1990 و1995", &[("1990 و1995", "1990-01-01/1995-12-31")]);
    expect("تراجع الإنتاج في العام الماضي 2014", &[("العام الماضي 2014", "2014")]);
}

#[test]
fn figures() {
    expect("صدر القرار بتاريخ 2017/8/21 ونشر في 22-8-2017", &[("2017/8/21", "2017-08-21"), ("22-8-2017", "2017-08-22")]);
    expect("نشر في 5/2014", &[("5/2014", "2014-05")]);
    expect("المؤرخ ۲۱/۰۸/۲۰۱۷ والمعدل في ٢٢/٨/٢٠١٧", &[("۲۱/۰۸/۲۰۱۷", "2017-08-21"), ("٢٢/٨/٢٠١٧", "2017-08-22")]);
}

#[test]
fn hijri_days_and_their_partners() {
    expect(
        "الدوحة 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م",
        &[("25 شوال 1436 هـ", "2015-08-10"), ("10 أغسطس 2015 م", "2015-08-10")],
    );
    // Umm al-Qura has 27 July; the Gregorian day beside it decides.
    expect("يوم 11 شوال 1436هـ الموافق 28 يوليو 2015م", &[("11 شوال 1436هـ", "2015-07-28"), ("28 يوليو 2015م", "2015-07-28")]);
    expect("في غرة ذي القعدة 1436هـ", &[("ذي القعدة 1436هـ", "2015-08-16/2015-09-13")]);
    expect("خطة العام 1436هـ", &[("1436هـ", "2014-10-25/2015-10-13")]);
    expect("قال رجب طيب أردوغان إن شعبان عبد الرحيم غنى", &[]);
    expect("فاز الفريق 2 - صفر", &[]);
}

#[test]
fn weekdays() {
    expect("أعلن المتحدث الخميس أن الوفد سيصل يوم الأربعاء", &[("الخميس", "2015-08-06"), ("الأربعاء", "2015-08-12")]);
    expect("التقى الوزير نظيره الإثنين الماضي", &[("الإثنين الماضي", "2015-08-03")]);
    expect("تعقد الجلسة الاثنين المقبل", &[("الاثنين المقبل", "2015-08-17")]);
    expect("اجتمعا الثلاثاء 21 يوليو 2015 في جنيف", &[("الثلاثاء 21 يوليو 2015", "2015-07-21")]);
    expect("ومن المقرر أن يعقد السفير، الاثنين، مؤتمرا", &[("الاثنين", "2015-08-10")]);
    expect("خطبة الجمعة في مسجد السلام", &[]);
    expect("سيجتمع الوزيران الخميس والجمعة في المدينة", &[("الخميس", "2015-08-13"), ("الجمعة", "2015-08-14")]);
    expect("زار السبت والأحد المخيم", &[("السبت", "2015-08-08"), ("الأحد", "2015-08-09")]);
    expect("سيلقي كلمة الثلاثاء، وسيناقش الخطة الأربعاء", &[("الثلاثاء", "2015-08-11"), ("الأربعاء", "2015-08-12")]);
    expect("وفي المدينة حيث يشارك الأربعاء في ندوة", &[("الأربعاء", "2015-08-12")]);
    expect("اجتمع سيناتور الأربعاء بسيدة الأعمال", &[("الأربعاء", "2015-08-05")]);
    assert_eq!(resolve_weekday(3, Some(MONDAY), Tense::Past), DateValue::Iso("2015-08-05".into()));
    assert_eq!(resolve_weekday(3, Some(MONDAY), Tense::Future), DateValue::Iso("2015-08-12".into()));
    let found = read("وصل السفير الأربعاء", Some(MONDAY), DateWords::arabic());
    assert!(found[0].weekday_alone);
    assert_eq!(found[0].weekday, Some(3));
}

#[test]
fn days_from_publication() {
    expect("وصل اليوم الاثنين وكان غادر أمس الأحد", &[("اليوم الاثنين", "2015-08-10"), ("أمس الأحد", "2015-08-09")]);
    expect("تصل اليوم (الاثنين) وتغادر بعد غد الأربعاء", &[("اليوم (الاثنين)", "2015-08-10"), ("بعد غد الأربعاء", "2015-08-12")]);
    expect("التقاه أول من أمس ثم أمس الأول", &[("أول من أمس", "2015-08-08"), ("أمس الأول", "2015-08-08")]);
    expect("كتبت صحيفة اليوم عن اليوم العالمي للمعلم", &[]);
    expect("وقال الوزير: «نحن اليوم أمام عالم جديد، والمنطقة أحوج ما تكون اليوم إلى الحوار»", &[]);
    expect("وقال: «وقعنا اليوم اتفاقا»، ثم غادر اليوم", &[("اليوم", "2015-08-10"), ("اليوم", "2015-08-10")]);
    expect("وأضاف: \"سيصل الوفد اليوم، وصباح اليوم كنا معا\"", &[("اليوم", "2015-08-10"), ("اليوم", "2015-08-10")]);
    expect("«لم يعد العالم كما كان، وها نحن اليوم الاثنين نشهد ذلك»", &[("اليوم الاثنين", "2015-08-10")]);
    expect("وفي اليوم التالي غادر", &[("اليوم التالي", "? counted from another event")]);
    assert_eq!(dates("وصل أمس", None), [("أمس".into(), "? no day of publication".into())]);
    assert_eq!(dates("وصل أمس", Some("the other day")), [("أمس".into(), "? no day of publication".into())]);
}

#[test]
fn spans_from_publication() {
    expect("يلتقيان هذا الأسبوع", &[("هذا الأسبوع", "2015-08-10/2015-08-16")]);
    expect("بحثا ذلك الأسبوع الماضي وفي الشهر الماضي", &[("الأسبوع الماضي", "2015-08-03/2015-08-09"), ("الشهر الماضي", "2015-07")]);
    expect("بنهاية العام الجاري أو مطلع العام المقبل", &[("العام الجاري", "2015"), ("العام المقبل", "2016")]);
    expect("زارها منتصف يوليو (تموز) الماضي", &[("يوليو (تموز) الماضي", "2015-07")]);
}

#[test]
fn ranges() {
    expect("يقام المعرض من 3 إلى 5 مايو 2016", &[("3 إلى 5 مايو 2016", "2016-05-03/2016-05-05")]);
    expect("خلال الفترة 3-5 مايو 2016", &[("3-5 مايو 2016", "2016-05-03/2016-05-05")]);
    expect("من 28 سبتمبر إلى 6 أكتوبر المقبلين", &[("28 سبتمبر إلى 6 أكتوبر المقبلين", "2015-09-28/2015-10-06")]);
    expect("بين تموز 2014 وآذار 2015", &[("تموز 2014 وآذار 2015", "2014-07-01/2015-03-31")]);
    expect("من 19 إلى 21/10/1436هـ", &[("19 إلى 21/10/1436هـ", "2015-08-04/2015-08-06")]);
}

#[test]
fn durations() {
    expect("غادر قبل يومين وكان وصل قبل ثلاثة أشهر", &[("قبل يومين", "2015-08-08"), ("قبل ثلاثة أشهر", "2015-05")]);
    expect("سيعود بعد ثلاثة أيام", &[("بعد ثلاثة أيام", "2015-08-13")]);
    expect("بعد أسبوعين من الآن", &[("بعد أسبوعين من الآن", "2015-08-24")]);
    expect("قبل يومين من الانتخابات", &[("قبل يومين", "? counted from another event")]);
    expect("دام الاجتماع ثلاثة أيام، وهي الأزمة الأطول منذ شهور، بعد 24 ساعة من البحث", &[]);
}

#[test]
fn what_is_no_date() {
    for text in [
        "القرار رقم 2216 والقرار 1701",
        "صيغة 2+2 بين البلدين",
        "قتل 2000 شخص وجرح 150",
        "الرجل البالغ 45 عاما من العمر",
        "فاز الفريق 3-2 وتقدم في الدقيقة 45",
        "مارس الضغط على الحكومة وفتح باب الحوار في إب",
        "الأمين العام للأمم المتحدة",
        "ذكرى ثورة يوليو",
    ] {
        let found = dates(text, Some(MONDAY));
        let found: Vec<_> = found.iter().filter(|d| !d.1.starts_with('?') && d.0 != "يوليو").collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

#[test]
fn clock_times() {
    timed("الساعة 4 العصر", "2015-08-10T16:00:00");
    timed("غدا الساعة الثالثة والنصف", "2015-08-11T15:30:00");
    timed("8 يناير، 2015، الساعة 10:01 صباحاً", "2015-01-08T10:01:00");
    timed("غدا صباحا الساعة 9", "2015-08-11T09:00:00");
    timed("12 الا ربع قبل الظهر", "2015-08-10T11:45:00");
    timed("من الساعة 4 للسادسة مساء", "2015-08-10T16:00:00/2015-08-10T18:00:00");
    // In prose the value stays a day and the time stands beside it.
    let found = read("وصل الوفد اليوم الساعة الثالثة عصرا", Some(MONDAY), DateWords::arabic());
    assert_eq!(found[0].value, DateValue::Iso(MONDAY.into()));
    assert_eq!(found[0].time.as_deref(), Some("15:00:00"));
    assert_eq!(
        read("بعد 6 دقائق", Some("2015-08-10T10:00"), DateWords::arabic())[0].date_time().as_deref(),
        Some("2015-08-10T10:06:00")
    );
}

#[test]
fn calendar_words_alone() {
    expect("الجمعة", &[("الجمعة", "2015-08-14")]);
    expect("منذ 3 سنوات", &[("منذ 3 سنوات", "2012-08-10")]);
    expect("آخر اثنين من شهر آذار", &[("آخر اثنين من شهر آذار", "2015-03-30")]);
    expect("أوائل آذار", &[("آذار", "2015-03-01/2015-03-10")]);
    expect("أكتوبر 11, 1987", &[("أكتوبر 11, 1987", "1987-10-11")]);
}

#[test]
fn spelling_of_the_press() {
    expect("من ٣ الي ٥ مايو ٢٠١٦", &[("٣ الي ٥ مايو ٢٠١٦", "2016-05-03/2016-05-05")]);
    expect("وصل يوم الاربعا المــاضي والثُّلاثاءَ", &[("الاربعا المــاضي", "2015-08-05"), ("الثُّلاثاءَ", "2015-08-04")]);
    expect("في ﻳﻮﻟﻴﻮ الماضى", &[("ﻳﻮﻟﻴﻮ الماضى", "2015-07")]);
}

#[test]
fn words_that_are_no_lexicon_are_refused() {
    assert!(DateWords::from_toml("").is_err());
    let arabic = include_str!("../../../../language/ar/lexicon/calendar.toml");
    assert!(matches!(
        DateWords::from_toml(&arabic.replacen("[gregorian_months]\n1 =", "[gregorian_months]\n13 =", 1)),
        Err(DateWordsError::Number { table: "gregorian_months", .. })
    ));
}

/// Calendar words, figures and marks in any order: the texts in which arithmetic can go wrong.
fn calendar_noise() -> impl Strategy<Value = String> {
    let pieces = [
        "من",
        "إلى",
        "بين",
        "و",
        "قبل",
        "بعد",
        "منذ",
        "يوم",
        "شهر",
        "عام",
        "مايو",
        "صفر",
        "ذي الحجة",
        "هـ",
        "م",
        "الأحد",
        "اليوم",
        "أمس",
        "الماضي",
        "المقبل",
        "الأسبوع",
        "هذا",
        "الساعة",
        "والنصف",
        "إلا",
        "ربع",
        "صباحا",
        "آخر",
        "الأول",
        "الثلاثين",
        "ألف",
        "مئة",
        "تسعة",
        "وتسعون",
        "سنة",
        "شهرين",
        "0",
        "1",
        "31",
        "32",
        "99",
        "1436",
        "2015",
        "9999",
        "4294967295",
        "99999999999",
        "/",
        "-",
        ".",
        ":",
        "،",
        "(",
        ")",
        "\n",
        " ",
        " ",
        " ",
        "ـ",
        "هجرية",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..14).prop_map(|p| p.join(" ").replace("  ", ""))
}

fn spans_are_sound(text: &str, published: Option<&str>) {
    let mut end = 0;
    for date in read(text, published, DateWords::arabic()) {
        assert!(text.get(date.span.start..date.span.end).is_some_and(|w| !w.is_empty()), "{text:?} {date:?}");
        assert!(date.span.start >= end, "{text:?} {date:?}");
        end = date.span.end;
        if let (DateValue::Iso(value), Grain::Day) = (&date.value, date.grain) {
            assert!(value.parse::<jiff::civil::Date>().is_ok(), "{text:?} {value}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_text_is_read(text in ".{0,60}", published in proptest::option::of(".{0,25}")) {
        spans_are_sound(&text, published.as_deref());
    }

    #[test]
    fn any_calendar_words_are_read(text in calendar_noise()) {
        for published in [None, Some("2015-08-10"), Some("-9999-01-01"), Some("9999-12-31T23:59:59"), Some("0001-01-01")] {
            spans_are_sound(&text, published);
        }
    }

    #[test]
    fn any_arabic_letters_are_read(text in "[\u{600}-\u{6ff} 0-9\u{fb50}-\u{fb60}\u{fe70}-\u{fefc}.,/()-]{0,50}") {
        spans_are_sound(&text, Some("2015-08-10"));
    }
}
