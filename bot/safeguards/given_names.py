"""Given names common in the United Kingdom, and the surnames that are hardly ever anything else.

Names are what a name recogniser is least fair about, so the list is drawn from many communities on purpose.
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    hoa linh minh thi
    aaron abbie abby abdul abdullah abdi abigail abu adam adele aden adil aditya adrian ahmed ahmad aidan
    aiden aisha aishah ajay akash alan alannah alastair albert alec alex alexander alexandra alexia alfie
    alfred ali alice alicia alina alisha alison alistair allison alma amanda amara amelia amelie amina
    aminah amir amit amy ana anastasia andre andrea andrei andrew andy angela angus anika anil anisa anita
    anjali ann anna annabel anne annette annie anthony antonia antonio anya aoife archie aria ariana arjun
    arnold arthur arun asad asha ashley ashleigh asif astrid audrey ava ayaan ayesha aysha ayo babatunde
    bailey barbara barry beatrice becky bella ben benjamin benny bernadette bernard beth bethan bethany
    betty beverley bianca billie billy blessing bob bobby bogdan bonnie bradley brandon brenda brendan brian
    bridget bronwen brooke bruce bryan bryony caitlin callum calum cameron camilla carl carla carlos carly
    carmen carol carole caroline carolyn catherine cathy catrin cecilia cedric celia charlie charlotte
    chantelle cheryl chidi chinedu chioma chloe chris christian christina christine christopher ciara clara
    clare claire claudia clive cody colin connor conor corey courtney craig curtis cynthia daisy dale damian
    damien dan daniel danielle danny daphne darcy darius darren daryl dave david dean deborah debbie declan
    deepak delroy demi denise dennis denzel derek desmond destiny devante diana diane dilip dimitri dinesh
    dominic dominik don donald donna doreen doris dorota dorothy doug douglas duncan dwayne dylan eamon ed
    eddie edith edward edwin efe eileen elaine eleanor elena eli elias elijah elizabeth ella ellen ellie
    elliot elliott elsie emeka emilia emily emma emmanuel enid eoin eric erica erin ernest esme esther ethan
    eugene eva evan evelyn evie ewa ewan ezra fahad faisal farah farhan fatima fatimah felicity felix femi
    fergus fiona finley finn folake frances francesca francis frank frankie fraser fred freddie frederick
    freya gabriel gabriela gail gareth gary gavin gemma geoff geoffrey george georgina gerald geraldine
    gerard gillian giorgio giovanni glen glenn gloria gordon graeme graham grainne greg gregory greta
    gurpreet gwen gwyneth habib hadiya hafsa haider hamza hana hanna hannah hardeep harjit harleen harley
    harold harpreet harriet harrison harry haroon hassan hayden hayley hazel heather heidi helen helena
    henry hilary holly hollie howard hugh hugo humza husnain hussain hussein ian ibrahim ida idris ifeoma
    imogen imran ines ingrid ioana ioan iona irene iris isaac isabel isabella isabelle isaiah isha ishaan
    isla ismail ivan ivy jacek jackie jacob jacqueline jade jaden jaiden jake jakub jamal james jamie jan
    jane janet janice jasmin jasmine jason jasper javed jay jayden jayne jean jeanette jed jeff jeffrey
    jemma jen jenna jennifer jenny jeremy jermaine jerome jerry jess jesse jessica jessie jill jim jimmy jo
    joan joanna joanne jodie joe joel john johnny jon jonah jonathan joseph josephine josh joshua josie
    joyce juan jude judith julia julian julie juliet junaid justin justyna kacper kai kaiden kamal kamil
    kamran kane karen karim karl karolina kasia kate katarzyna katherine kathleen kathryn katie katy kavita
    kayden kayla kayleigh keeley keiran keith kelechi kellie kelly kelvin ken kenneth kenny kerry kevin
    khadija khadijah khalid kian kiera kieran kiran kirsten kirsty kofi krishna kristina krystian kuba
    kulwinder kwame kyle kylie lakshmi lara laura lauren laurence lawrence leah leanne lee leighton lena leo
    leon leonard leroy leslie lesley levi lewis lexi liam lillian lily linda lindsay lisa logan lorna
    lorraine louis louise lucas lucia lucy luis lukasz luke luna lydia lynda lynn lynne mabel maciej
    maddison madeleine madison magda magdalena mahmoud mairead maisie maja malachi malcolm malik mandeep
    mandy manjit marcel marcin marco marcus margaret maria mariam marian marie mariusz marjorie marlon marta
    martha martin martyn mary maryam mateusz mathew matilda matt matthew maureen maurice maxine megan mehmet
    mehreen mel melanie melissa mia micah michael michal michelle miguel mihai mike mila miles millie milo
    mina miriam miroslav mitchell moesha mohamed mohammad mohammed moira molly monica monika morgan moses
    muhammad muna mustafa myles nabil nadia nadine nancy naomi nasir nasreen natalia natalie natasha nathan
    nathaniel naveed neil nellie ngozi niall niamh nicholas nick nicky nicola nicolae nicole nigel nikhil
    nikita nikki nina noah noel nora noreen norman nour nuala nyah obinna octavia olga oliver olivia ollie
    oluwaseun omar omari orla oscar osman owen pamela patience patricia patrick patryk paul paula pauline
    pawel pearl penelope peter petra phil philip philippa phillip phoebe philomena piers piotr polly poppy
    pradeep prakash precious priya quentin rabia rachael rachel radek rafael rafal raheem rahul raj raja
    rajesh ralph rania rashid raul raymond rebecca reece reggie rehan rehana renee reuben rhiannon rhys ria
    ricardo richard ricky riley rita robbie robert roberta roberto robin robyn rodney roger rohan roland
    romeo ron ronald ronan ronnie rory rosa rosalind roseanna rosemary rosie ross rowan roxanne roy rupert
    russell ruth ryan sabrina sadia sadie safiya sahra said saima sajid sally salma sam samantha samina
    samira samuel sana sandeep sandra sanjay sara sarah saskia savannah scott sean seamus sebastian selina
    serena seth shabana shabir shahid shaheen shakira shane shanice shannon sharon shaun shauna sheila
    shelley sheryl shirley shreya sian sidney siddharth sienna silvia simon simone simran sinead siobhan
    sofia sofija solomon sonia sophia sophie spencer stacey stan stanley stefan stella stephanie stephen
    steve steven stewart stuart sukhdeep sukhvinder suleman sumaya sunil sunita suresh surinder susan
    susanna suzanne sylvia tabitha tadeusz tahir taiwo tamara tamika tania tanisha tanya tara tariq tasha
    taylor ted temitope terence teresa terry tessa thelma theo theodore theresa thomas tia tiffany tim
    timothy tina toby todd tolu tom tomasz tommy toni tony tracey tracy travis trevor tristan troy tunde
    tyler tyrell tyrese tyrone uma umar usman uzma valentina valerie vanessa vera vernon veronica vicky
    vijay vikram viktor vincent viola violet vivian vivienne wahid walter wanda warren waseem wayne wendy
    wesley wiktoria william willow wilma winston wojciech xavier yasin yasmin yasmine yolanda yousef yusra
    yusuf yvette yvonne zac zach zachary zahra zain zainab zaneta zara zayn zeeshan zelda zoe zofia zoya
    zubair zuzanna
    """.split()
)

# Also an English word, a place or a month: a name only where something else says so.
AMBIGUOUS_NAMES = frozenset(
    """
    amber april august autumn art bill brook carter chance chase chelsea chester christmas cliff crystal
    dawn devon dot drew faith florence gene georgia grace grant guy heath hope hunter iris jack jordan joy
    june justice kent kim kingston lane lincoln mark max may mason melody mercy nat nick olive paris parker
    pat patience pearl peace penny preston ray reed rich rob rose ruby sandy savannah scarlett skye stacy
    sterling sue summer sunny sydney trinity victor victoria warwick will wren
    """.split()
)

SURNAMES = frozenset(
    """
    adams ahmed akhtar ali allen anderson atkinson bailey begum bell bennett brown campbell carter chapman
    choudhury clarke collins cox davies davis dixon edwards ellis evans fletcher gibson graham griffiths
    gupta hamilton harris harrison harvey hassan holmes hopkins hughes hussain iqbal jackson jenkins johnson
    jones kaur kelly khan kowalski lawrence lewis lloyd macdonald mahmood malik marshall martin matthews
    mcdonald mehta miah miller mitchell mohamed morgan morris murphy murray nguyen nowak obrien oconnor
    okafor okonkwo oneill owen palmer parkinson patel pearson perera phillips powell rahman reid reynolds
    richards richardson roberts robertson robinson rodrigues rogers russell ryan scott shah sharma simmonds
    simpson singh smith stevens stewart stone sullivan taylor thomas thompson turner uddin walker watson
    webb wilkinson williams williamson wilson wisniewski wright yilmaz
    """.split()
)
