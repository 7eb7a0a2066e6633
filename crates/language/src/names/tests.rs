use proptest::prelude::*;

use super::*;

/// Spellings of one name, in Arabic, Latin and Cyrillic.
const SPELLINGS: &[[&str; 3]] = &[
    ["إيمانويل ماكرون", "Emmanuel Macron", "Эммануэль Макрон"],
    ["أنجيلا ميركل", "Angela Merkel", "Ангела Меркель"],
    ["عبد الفتاح السيسي", "Abdel Fattah el-Sisi", "Абдель Фаттах ас-Сиси"],
    ["محمد بن سلمان", "Mohammed bin Salman", "Мухаммед бин Салман"],
    ["حسن روحاني", "Hassan Rouhani", "Хасан Роухани"],
    ["بنيامين نتنياهو", "Benjamin Netanyahu", "Биньямин Нетаньяху"],
    ["دونالد ترامب", "Donald Trump", "Дональд Трамп"],
    ["سيرغي لافروف", "Sergey Lavrov", "Сергей Лавров"],
    ["ماريا زاخاروفا", "Maria Zakharova", "Мария Захарова"],
    ["شي جين بينغ", "Xi Jinping", "Си Цзиньпин"],
    ["جان إيف لودريان", "Jean-Yves Le Drian", "Жан-Ив Ле Дриан"],
    ["ستيفان دي ميستورا", "Staffan de Mistura", "Стаффан де Мистура"],
    ["الأخضر الإبراهيمي", "Lakhdar Brahimi", "Лахдар Брахими"],
    ["عبد العزيز بوتفليقة", "Abdelaziz Bouteflika", "Абдельазиз Бутефлика"],
    ["ألكسندر لوكاشينكو", "Alexander Lukashenko", "Александр Лукашенко"],
    ["ماريانو راخوي", "Mariano Rajoy", "Мариано Рахой"],
    ["أحمد داود أوغلو", "Ahmet Davutoğlu", "Ахмет Давутоглу"],
    ["حسن نصر الله", "Hassan Nasrallah", "Хасан Насралла"],
    ["فيتالي تشوركين", "Vitaly Churkin", "Виталий Чуркин"],
    ["عبد الله الثاني", "Abdullah II", "Абдалла II"],
];

/// Two names of one person within Arabic.
const VARIANTS: &[[&str; 2]] = &[
    ["سيرغي لافروف", "سيرجي لافروف"],
    ["سيرجي ريابكوف", "سيرغى ريابكوف"],
    ["عبد القادر بن صالح", "عبدالقادر بن صالح"],
    ["أحمد أبو الغيط", "احمد ابوالغيط"],
    ["لوران فابيوس", "لوران فابيوس وزير"],
    ["فرانك فالتر شتاينماير", "فرانك شتاينماير"],
    ["محمد عبد السلام", "مُحمَّد عبدالسلام"],
    ["فيتالي ناومكين", "فيتالى نعومكين"],
    ["علي أكبر ولايتي", "على أكبر ولايتى"],
    ["الصادق المهدي", "صادق المهدي"],
];

/// Names of two persons.
const DIFFERENT: &[[&str; 2]] = &[
    ["كريم الجابري", "كرم الجابري"],
    ["ناصر الخليفي", "نصر الخليفي"],
    ["طارق صالح", "طارق صلاح"],
    ["محمود الحسيني", "محمود الحسني"],
    ["جون كيري", "جون كيربي"],
    ["علي محمد", "محمد علي"],
    ["محمد علي", "محمود علي"],
    ["محمد بن راشد", "راشد بن محمد"],
    ["محمد بن زايد بن سلطان", "زايد بن سلطان"],
    ["عبدالكريم قاسم", "عبدالرحيم قاسم"],
    ["سيرغي لافروف", "Sergei Ivanov"],
    ["سيرغي لافروف", "Андрей Лавров"],
    ["محمود عباس", "Mohammed Abbas"],
    ["حسين الشيخ", "Hassan al-Sheikh"],
    ["جورج بوش", "Kate Bush"],
    ["Sergei Lavrov", "Sergei Lavrentyev"],
];

fn same(a: &str, b: &str) -> bool {
    compare(a, b).same
}

#[test]
fn spellings_of_one_name_meet_across_scripts() {
    for [arabic, latin, cyrillic] in SPELLINGS {
        assert!(same(arabic, latin), "{arabic} {latin}: {:?}", compare(arabic, latin));
        assert!(same(arabic, cyrillic), "{arabic} {cyrillic}: {:?}", compare(arabic, cyrillic));
    }
}

#[test]
fn different_persons_stay_apart_across_scripts() {
    for (n, [arabic, ..]) in SPELLINGS.iter().enumerate() {
        for (m, others) in SPELLINGS.iter().enumerate() {
            for other in others.iter().filter(|_| n != m) {
                assert!(!same(arabic, other), "{arabic} {other}: {:?}", compare(arabic, other));
            }
        }
    }
}

#[test]
fn variants_within_arabic_meet() {
    for [a, b] in VARIANTS {
        assert!(same(a, b), "{a} {b}: {:?}", compare(a, b));
    }
}

#[test]
fn names_that_are_near_stay_apart() {
    for [a, b] in DIFFERENT {
        assert!(!same(a, b), "{a} {b}: {:?}", compare(a, b));
    }
}

#[test]
fn a_family_name_alone_is_weaker_than_the_whole_name() {
    let (alone, whole) = (compare("بوتين", "فلاديمير بوتين"), compare("فلادمير بوتين", "فلاديمير بوتين"));
    assert!(alone.same && whole.same && alone.score < whole.score, "{alone:?} {whole:?}");
    assert!(!same("فلاديمير", "فلاديمير بوتين"));
}

#[test]
fn the_family_name_may_stand_first() {
    assert!(same("فيكتور أوربان", "Orbán Viktor"));
    assert!(same("فيكتور أوربان", "Orbán, Viktor"));
    assert!(same("علي محمد", "Mohammed, Ali"));
}

#[test]
fn names_that_may_be_one_meet_in_a_block() {
    let names = SPELLINGS.iter().flat_map(|[a, b, c]| [[a, b], [a, c]]).chain(VARIANTS.iter().map(|[a, b]| [a, b]));
    for [a, b] in names {
        let (keys_a, keys_b) = (block_keys(&key(a)), block_keys(&key(b)));
        assert!(keys_a.iter().any(|k| keys_b.contains(k)), "{a} {b}");
    }
}

#[test]
fn a_reason_names_the_words_that_differ() {
    let reason = compare("جون كيري", "جون بولتون").reason;
    assert!(reason.contains("كيري") && reason.contains("بولتون") && !reason.contains("جون"), "{reason}");
}

#[test]
fn the_data_is_sound() {
    assert_eq!(faults(), [] as [String; 0]);
}

/// Names and what is no name: real letters of the three scripts, marks, spaces, anything.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآ ]{1,30}",
        "[a-zA-Z çñüö'.,-]{1,30}",
        "[а-яё А-Я-]{1,30}",
        any::<String>(),
        proptest::sample::select(SPELLINGS.iter().flatten().map(|s| s.to_string()).collect::<Vec<_>>()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn either_order_gives_the_same(a in name(), b in name()) {
        let (ab, ba) = (compare(&a, &b), compare(&b, &a));
        prop_assert_eq!(ab.same, ba.same);
        prop_assert!((ab.score - ba.score).abs() < 1e-6, "{:?} {:?}", ab, ba);
    }

    #[test]
    fn a_name_is_itself(a in name()) {
        prop_assume!(!a.is_empty());
        prop_assert!(compare(&a, &a).same);
    }

    #[test]
    fn a_score_agrees_with_the_verdict(a in name(), b in name()) {
        let found = compare(&a, &b);
        prop_assert!((0.0..=1.0).contains(&found.score));
        prop_assert_eq!(found.same, found.score >= 0.5);
    }

    #[test]
    fn keys_give_what_names_give(a in name(), b in name()) {
        let (verdict, found) = (compare_keys(&key(&a), &key(&b)), compare(&a, &b));
        prop_assert_eq!((verdict.same, verdict.score), (found.same, found.score));
    }
}
